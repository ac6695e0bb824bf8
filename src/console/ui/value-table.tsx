import { showValue } from "../format/index.ts";
import { cn } from "./cn.ts";

interface ValueTableProps {
  readonly caption: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  /** Columns to set apart: keys and times. */
  readonly strong?: ReadonlySet<string>;
}

/** Rows as they are stored: names and types above, values below. */
export function ValueTable({ caption, columns, rows, strong }: ValueTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
    <section className="max-h-[70vh] overflow-auto" tabIndex={0} aria-label={caption}>
      <table className="w-full border-separate border-spacing-0 text-xs">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, type }) => (
              <th
                key={name}
                scope="col"
                className={cn(
                  "sticky top-0 z-10 whitespace-nowrap border-line border-b bg-panel px-3 py-1.5 text-left font-normal",
                  isNumeric(type) && "text-right",
                )}
              >
                <span className={cn("block font-mono text-ink", strong?.has(name) && "font-semibold")}>{name}</span>
                <span className="block font-mono text-2xs text-ink-3">{type}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a sample have no name but their place
            <tr key={rowIndex} className="hover:bg-hover">
              {columns.map(({ name, type }, index) => {
                const { text, kind } = showValue(row[index], type);
                return (
                  <td
                    key={name}
                    className={cn(
                      "tabular h-7 max-w-80 truncate border-line border-b px-3 font-mono text-ink",
                      isNumeric(type) && "text-right",
                      kind === "null" && "text-ink-3 italic",
                    )}
                  >
                    {text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function isNumeric(type: string): boolean {
  return /^(int32|int64|float32|float64|unix_timestamp)$/.test(type);
}
