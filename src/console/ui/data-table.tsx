import type { Key, ReactNode } from "react";
import { cn } from "./cn.ts";

export interface Column<T> {
  readonly key: string;
  readonly header: ReactNode;
  readonly cell: (row: T) => ReactNode;
  readonly align?: "left" | "right";
  /** Class names of head and cells: a width, or from which size on it is shown. */
  readonly className?: string;
}

interface DataTableProps<T> {
  /** Read out before the table: what its rows are. */
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => Key;
  /** On narrow screens a row is a list item: this is its inside. Absent: the table scrolls sideways. */
  readonly item?: (row: T) => ReactNode;
  readonly roomy?: boolean;
  /** Marks one row. */
  readonly isMarked?: (row: T) => boolean;
}

/** The one table: sticky head, 32 px rows, a RowLink makes a row open on click and on Enter. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { rows, rowKey, item, isMarked } = props;
  return (
    <div data-rows="">
      <div className={cn("overflow-x-auto", item && "max-sm:hidden")}>
        <GridOfRows {...props} />
      </div>
      {item && (
        <ul className="divide-y divide-line sm:hidden" aria-label={props.caption}>
          {rows.map((row) => (
            <li key={rowKey(row)} className={cn("relative px-3 py-2.5 has-[[data-row-link]:focus-visible]:bg-hover", isMarked?.(row) && "bg-accent-soft")}>
              {item(row)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function GridOfRows<T>({ caption, columns, rows, rowKey, roomy = false, isMarked }: DataTableProps<T>) {
  return (
    <table className="w-full border-separate border-spacing-0 text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, header, align, className }) => (
            <th
              key={key}
              scope="col"
              className={cn(
                "sticky top-0 z-10 h-8 whitespace-nowrap border-line border-b bg-panel px-3 text-left font-normal text-ink-2 text-xs",
                align === "right" && "text-right",
                className,
                "align-middle",
              )}
            >
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            className={cn(
              "group/row relative hover:bg-hover has-[[data-row-link]:focus-visible]:bg-hover has-[[data-row-link]:focus-visible]:shadow-[inset_2px_0_0_var(--accent)]",
              isMarked?.(row) && "bg-accent-soft",
            )}
          >
            {columns.map(({ key, cell, align, className }) => (
              <td
                key={key}
                className={cn(
                  "border-line border-b px-3 group-last/row:border-b-0",
                  roomy ? "py-2" : "h-8 py-0",
                  align === "right" && "tabular whitespace-nowrap text-right",
                  className,
                )}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
