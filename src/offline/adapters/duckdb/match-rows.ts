import type { MatchRequest, ViewMatches } from "../../port.ts";
import { requireFile } from "./join.ts";
import { matchSql } from "./join-sql.ts";
import { withJoin } from "./open-join.ts";
import type { Opening } from "./open-view.ts";

/** How many entity rows each view has an answer for, by the rules of the join; values are not read. */
export async function countMatches(opening: Opening, request: MatchRequest): Promise<readonly ViewMatches[]> {
  await requireFile(request.entityRows.path);
  const { sampleRows, knownAtDelaySeconds } = request;
  return withJoin(opening, request, { sampleRows, oldest: () => null }, async ({ session, entities, entityKeys, parts }) => {
    const entity = { entityFrom: entities.from, entityTime: entities.time, entityKeys, entityColumns: [] };
    const matches: ViewMatches[] = [];
    for (const part of parts) {
      const [row] = await session.rows(matchSql(entity, part, knownAtDelaySeconds));
      const [found, expired] = [Number(row?.[0] ?? 0), Number(row?.[1] ?? 0)];
      const { view, joinKeyMap } = part.join;
      matches.push({ view: view.view, joinKeyMap, rows: entities.rowCount, matched: found - expired, expired, notFound: entities.rowCount - found });
    }
    return matches;
  });
}
