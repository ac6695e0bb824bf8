import { basename } from "node:path";
import type { Rejection } from "../../port.ts";
import type { Session } from "./engine.ts";

/** Lines of CSV files that the reader of this session could not take, by kind of fault, with the first of each as an example. */
export async function brokenLines(session: Session): Promise<readonly Rejection[]> {
  const rows = await session.rows(`
    SELECT arg_min(message, line), min(line), arg_min(file_path, line), arg_min(text, line), count(*)
    FROM (SELECT scan_id, file_id, line, error_type, first(error_message) AS message, first(csv_line) AS text FROM reject_errors GROUP BY ALL)
    JOIN reject_scans USING (scan_id, file_id) GROUP BY error_type ORDER BY 2`);
  return rows.map(([message, line, path, text, count]) => {
    const shown = String(text ?? "").trim();
    const example = JSON.stringify(shown.length > 60 ? `${shown.slice(0, 57)}...` : shown);
    return { reason: `line ${line} of ${basename(String(path))}, ${example}: ${message}`, count: Number(count) };
  });
}
