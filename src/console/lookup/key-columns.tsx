import { cn } from "../ui/cn.ts";
import { FeatureName, type FeatureRow, isValue, Moment, Value } from "./lookup-cells.tsx";
import { CellMark, RowMark, StatusMark } from "./verdict-mark.tsx";
import type { FeatureCell, ViewColumn } from "./view-cells.ts";

interface KeyColumnsProps {
  readonly view: string;
  readonly labels: readonly string[];
  readonly columns: readonly ViewColumn[];
  readonly rows: readonly FeatureRow[];
  readonly isPending: boolean;
}

/** Several keys side by side: a column per key, the source's value below the online one where they are not the same. */
export function KeyColumns({ view, labels, columns, rows, isPending }: KeyColumnsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
    <section className="overflow-x-auto" tabIndex={0} aria-label={`Features of ${view} by key`}>
      <table className="w-full table-fixed border-separate border-spacing-0 text-sm" style={{ minWidth: `${14 + labels.length * 10}rem` }}>
        <caption className="sr-only">Features of {view} by key</caption>
        <thead>
          <tr>
            <th scope="col" className={cn(HEAD, "sticky left-0 z-10 w-56 bg-panel")}>
              <span className="text-ink-2 text-xs">Feature</span>
            </th>
            {labels.map((label, index) => (
              <th key={label} scope="col" className={HEAD}>
                <span className="block truncate font-mono text-ink text-xs" title={label}>
                  {label}
                </span>
                <span className="block text-2xs text-ink-3">
                  <Moment micros={columns[index]?.onlineTime ?? null} none="not online" />
                </span>
                {columns[index]?.row && columns[index].row !== "same_time" && (
                  <span className="block text-2xs">
                    <RowMark verdict={columns[index].row} />
                  </span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="hover:bg-hover">
              <th scope="row" className="sticky left-0 border-line border-b bg-panel px-3 py-1.5 text-left align-top font-normal">
                <FeatureName row={row} />
              </th>
              {row.cells.map((cell, index) => (
                <td key={labels[index]} className="border-line border-b px-3 py-1.5 align-top">
                  <KeyCell cell={cell} column={columns[index]} type={row.type} isPending={isPending} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const HEAD = "h-8 whitespace-nowrap border-line border-b px-3 py-1.5 text-left align-top font-normal";

interface KeyCellProps {
  readonly cell: FeatureCell;
  readonly column: ViewColumn | undefined;
  readonly type: string;
  readonly isPending: boolean;
}

function KeyCell({ cell, column, type, isPending }: KeyCellProps) {
  const isSame = cell.verdict === "equal";
  return (
    <div className="grid gap-0.5">
      {isValue(cell) ? (
        <Value value={cell.online} type={type} isShown />
      ) : (
        cell.status && (
          <span className="text-xs">
            <StatusMark status={cell.status} />
          </span>
        )
      )}
      {!isPending && !isSame && cell.hasSource && (
        <span className="flex items-baseline gap-1.5 text-2xs text-ink-3">
          source <Value value={cell.source} type={type} isShown />
        </span>
      )}
      {column?.row && cell.verdict === "differs" && (
        <span className="text-2xs">
          <CellMark row={column.row} cell={cell.verdict} />
        </span>
      )}
    </div>
  );
}
