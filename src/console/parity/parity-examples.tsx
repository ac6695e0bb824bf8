import { Lock } from "lucide-react";
import { microsToMs, showValue } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { cn } from "../ui/cn.ts";
import { RelativeTime } from "../ui/time.tsx";
import { FOUND_WORDS } from "./found-words.ts";

type Examples = Outputs["parity"]["view"]["examples"];
type Example = Examples["rows"][number];

/** Some served rows that differ from the history, with both values: the newest first. */
export function ParityExamples({ examples: { denied, rows } }: { readonly examples: Examples }) {
  if (denied !== null) {
    return (
      <p className="flex items-center gap-2 border-line border-t px-3 py-3 text-ink-2 text-sm">
        <Lock className="size-3.5 shrink-0" aria-hidden="true" /> {denied}
      </p>
    );
  }
  if (rows.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
    <section className="max-h-96 overflow-auto border-line border-t" tabIndex={0} aria-label="Examples">
      <table className="w-full text-xs">
        <caption className="px-3 py-2 text-left text-ink-2">The newest that are not the same</caption>
        <thead className="text-left text-ink-2">
          <tr>
            {["Key", "Found", "Feature", "Served", "History", "Served at"].map((head) => (
              <th key={head} scope="col" className="sticky top-0 z-10 whitespace-nowrap border-line border-b bg-panel px-3 py-1.5 font-normal">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.flatMap((row) =>
            (row.cells.length === 0 ? [null] : row.cells).map((cell, index) => (
              <Line key={`${row.id}-${cell?.feature ?? ""}`} row={row} cell={cell} isFirst={index === 0} />
            )),
          )}
        </tbody>
      </table>
    </section>
  );
}

function Line({ row, cell, isFirst }: { readonly row: Example; readonly cell: Example["cells"][number] | null; readonly isFirst: boolean }) {
  const { text, why } = FOUND_WORDS[row.found];
  return (
    <tr className={cn("align-baseline hover:bg-hover [&>td]:px-3 [&>td]:py-1", isFirst && "[&>td]:border-line [&>td]:border-t")}>
      <td className="font-mono">{isFirst && row.key.map((part) => showValue(part, "string").text).join(", ")}</td>
      <td className={cn("whitespace-nowrap", row.found === "mismatch" ? "text-bad" : "text-ink-2")} title={why}>
        {isFirst && text}
      </td>
      <td className="font-mono">{cell?.feature}</td>
      <td>
        {cell && (
          <Side value={cell.served} type={cell.type} none={row.status === "NOT_FOUND" ? "no row" : row.status === "OUTSIDE_MAX_AGE" ? "expired" : null} />
        )}
      </td>
      <td>{cell && <Side value={cell.history} type={cell.type} none={row.historyEvent === null ? "no row" : null} />}</td>
      <td className="whitespace-nowrap text-ink-2">{isFirst && <RelativeTime at={microsToMs(row.servedAt)} />}</td>
    </tr>
  );
}

/** One side's value; `none` says why there is no row. */
function Side({ value, type, none }: { readonly value: unknown; readonly type: string; readonly none: string | null }) {
  if (none !== null) return <span className="text-ink-3">{none}</span>;
  const { text, kind } = showValue(value, type);
  return (
    <span title={text} className={cn("tabular block max-w-56 truncate font-mono", kind === "null" && "text-ink-3 italic")}>
      {text}
    </span>
  );
}
