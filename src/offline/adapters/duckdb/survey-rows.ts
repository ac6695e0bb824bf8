import type { DuckDBValue } from "@duckdb/node-api";
import { formatTimestamp, type Micros } from "../../../kit/index.ts";
import type { Rejection } from "../../port.ts";
import type { Session } from "./engine.ts";
import { quoteInt64 } from "./quote.ts";
import { keyColumn, reasonText, selectRows, type ViewRows } from "./view-rows.ts";

/** What a first pass over the rows of a window finds. */
export interface Survey {
  readonly rowsRead: number;
  readonly goodRows: number;
  readonly rejected: readonly Rejection[];
  /** Whether any row is rejected for other reasons than being too far ahead. */
  readonly hasUnfit: boolean;
  /** Of the good rows, as is the rest. */
  readonly newestEvent: Micros | null;
  readonly newestCreated: Micros | null;
  readonly keysApprox: number;
  /** Of one key, on average. */
  readonly keyBytes: number;
}

const TOO_FAR_AHEAD = -1;

/** Counts the rows of a window, those rejected by their reason. */
export async function surveyRows(session: Session, rows: ViewRows, window: readonly string[], eventMax: Micros): Promise<Survey> {
  const groups = await session.rows(`
    SELECT why, count(*), any_value(shown), max(ev), max(cr), ${keyFigures(rows)}
    FROM (SELECT *, CASE WHEN reason IS NOT NULL THEN reason WHEN ev > ${quoteInt64(eventMax)} THEN ${TOO_FAR_AHEAD} END AS why
          FROM (${selectRows(rows, { features: [], where: window, verdict: true })}))
    GROUP BY why ORDER BY why`);
  const good = groups.find(([why]) => why === null);
  const rejected = groups.flatMap(([why, count, shown, event]): Rejection[] => {
    if (why === null) return [];
    const ahead = `event time ${formatTimestamp(bigintOrNull(event) ?? 0n)} lies too far ahead`;
    return [{ reason: why === TOO_FAR_AHEAD ? ahead : reasonText(rows, Number(why), shown === null ? null : String(shown)), count: Number(count) }];
  });
  return {
    rowsRead: groups.reduce((sum, [, count]) => sum + Number(count), 0),
    goodRows: Number(good?.[1] ?? 0),
    rejected,
    hasUnfit: groups.some(([why]) => why !== null && why !== TOO_FAR_AHEAD),
    newestEvent: bigintOrNull(good?.[3]),
    newestCreated: bigintOrNull(good?.[4]),
    keysApprox: Number(good?.[5] ?? 0),
    keyBytes: Number(good?.[6] ?? 0),
  };
}

/** A sketch of how many keys there are, and how long one is. */
function keyFigures({ view }: ViewRows): string {
  if (view.joinKeys.length === 0) return "1, 8";
  const names = view.joinKeys.map((_, index) => keyColumn(index));
  const bytes = view.joinKeys.map(({ type }, index) => {
    if (type === "string") return `(16 + avg(strlen(${keyColumn(index)})))`;
    return type === "bytes" ? `(16 + avg(octet_length(${keyColumn(index)})))` : "8";
  });
  return `approx_count_distinct(hash(${names.join(", ")})), ${bytes.join(" + ")}`;
}

function bigintOrNull(value: DuckDBValue | undefined): bigint | null {
  return typeof value === "bigint" ? value : null;
}
