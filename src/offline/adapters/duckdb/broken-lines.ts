import type { Rejection } from "../../port.ts";
import type { Session } from "./engine.ts";

/** Lines of CSV files that the reader of this session could not take, by kind of fault, with the first of each as an example. */
export async function brokenLines(session: Session): Promise<readonly Rejection[]> {
  const rows = await session.rows(`
    SELECT arg_min(error_message, line), min(line), count(DISTINCT (file_id, line)), arg_min(csv_line, line)
    FROM reject_errors GROUP BY error_type, column_name ORDER BY 2`);
  return rows.map(([message, line, count, text]) => {
    const shown = String(text ?? "").trim();
    return { reason: `line ${line} ${JSON.stringify(shown.length > 60 ? `${shown.slice(0, 57)}...` : shown)}: ${message}`, count: Number(count) };
  });
}
