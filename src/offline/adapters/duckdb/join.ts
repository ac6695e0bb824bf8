import { randomUUID } from "node:crypto";
import { rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { LarderError } from "../../../kit/index.ts";
import type { JoinRequest, JoinResult, JoinView, Rejection } from "../../port.ts";
import type { Session } from "./engine.ts";
import { type EntityRows, entityKey, openEntityRows } from "./entity-rows.ts";
import { featureIndex, type JoinPart, joinSql, ttlMicros } from "./join-sql.ts";
import type { LocatedFiles } from "./locate-files.ts";
import { narrowKeys } from "./narrow-keys.ts";
import { type Opening, openView, withFilesOf } from "./open-view.ts";
import { quoteText } from "./quote.ts";
import { reasonText, selectRows, type ViewRows } from "./view-rows.ts";

/** With this many times more rows in the source than were asked about, it pays to look at the keys first. */
const FEW = 20;

/** Point-in-time join of any number of views into a file; the file appears whole or not at all. */
export async function joinViews(opening: Opening, request: JoinRequest): Promise<JoinResult> {
  await requireFiles(request);
  return withFilesOf(
    request.views.map(({ view }) => view),
    opening.variables,
    (located) =>
      opening.engine.use(
        async (session) => {
          const entities = await openEntityRows(opening, session, request);
          const releases = [entities.release];
          try {
            refuseClashes(entities, request.views);
            const parts = await openParts({ opening, session, request, entities, located, releases });
            return await writeOut(session, request, entities, parts);
          } finally {
            await Promise.all(releases.map((release) => release()));
          }
        },
        { signal: opening.signal },
      ),
  );
}

async function requireFiles({ entityRows, out }: JoinRequest): Promise<void> {
  const rows = await stat(entityRows.path).catch(() => null);
  if (!rows?.isFile()) throw new LarderError("not_found", `There is no file ${entityRows.path}.`);
  const folder = await stat(dirname(out.path)).catch(() => null);
  if (!folder?.isDirectory()) throw new LarderError("invalid_argument", `There is no folder ${dirname(out.path)} to write to.`);
}

/** The engine tells names apart by letters, not by case. */
function refuseClashes(entities: EntityRows, views: readonly JoinView[]): void {
  const taken = new Map([...entities.columns.keys()].map((name) => [name.toLowerCase(), `the entity rows' column "${name}"`]));
  for (const { view, features } of views) {
    for (const { feature, output } of features) {
      const other = taken.get(output.toLowerCase());
      const own = `the feature ${view.view}:${feature}`;
      if (other !== undefined) {
        throw new LarderError("invalid_argument", `Two columns would be called "${output}": ${other} and ${own}.`, {
          hint: "Ask with full_feature_names (--full-feature-names), or rename the entity rows' column.",
        });
      }
      taken.set(output.toLowerCase(), own);
    }
  }
}

interface Parts {
  readonly opening: Opening;
  readonly session: Session;
  readonly request: JoinRequest;
  readonly entities: EntityRows;
  readonly located: readonly LocatedFiles[];
  readonly releases: (() => Promise<void>)[];
}

type Part = JoinPart & { readonly keySql: readonly string[]; readonly rejected: readonly Rejection[] };

async function openParts({ opening, session, request, entities, located, releases }: Parts): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (const [index, join] of request.views.entries()) {
    const files = located[index];
    if (files === undefined) throw new LarderError("internal", "A view was opened without its files.");
    const where = (rows: ViewRows): readonly string[] => reachable(rows, entities);
    const features = join.features.map(({ feature }) => requireFeature(join, feature));
    const { rows, broken, release } = await openView(opening, session, { view: join.view, files, prepare: { where, features } });
    releases.push(release);
    const keySql: string[] = [];
    for (const key of join.view.joinKeys) keySql.push(await entityKey(session, entities, key, join.joinKeyMap[key.name] ?? key.name, join.view.view));
    const reach = where(rows);
    const unfit = await unfitRows(session, rows, reach);
    const narrowed = await narrowKeys(session, entities, unfit.length === 0 ? { ...rows, fits: null } : rows, keySql);
    const onlyAskedKeys = await hasManyRows(session, rows, files, entities.rowCount);
    parts.push({
      rows: narrowed.rows,
      join,
      keySql: narrowed.entityKeys,
      rejected: [...unfit, ...broken],
      entityKeys: [],
      where: [...reach, ...narrowed.where],
      onlyAskedKeys,
    });
  }
  return parts;
}

function requireFeature({ view }: JoinView, feature: string): number {
  const index = featureIndex({ view }, feature);
  if (index !== -1) return index;
  throw new LarderError("not_found", `The feature view "${view.view}" has no feature "${feature}".`);
}

/** No entity row can see a row after its newest time, or older than ttl at its oldest. */
function reachable(rows: ViewRows, { timeMin, timeMax }: EntityRows): readonly string[] {
  if (timeMin === null || timeMax === null) return ["false"];
  const ttl = ttlMicros(rows.view);
  return rows.eventWithin(ttl === null ? null : timeMin - ttl, timeMax);
}

/** Costs nothing where no conversion can fail. */
async function unfitRows(session: Session, rows: ViewRows, where: readonly string[]): Promise<readonly Rejection[]> {
  if (rows.fits === null) return [];
  const select = selectRows(rows, { features: [], where: [...where, `NOT (${rows.fits})`], verdict: true });
  const groups = await session.rows(`SELECT reason, count(*), any_value(shown) FROM (${select}) GROUP BY reason ORDER BY reason`);
  return groups.map(([reason, count, shown]) => ({ reason: reasonText(rows, Number(reason), shown === null ? null : String(shown)), count: Number(count) }));
}

async function hasManyRows(session: Session, rows: ViewRows, files: LocatedFiles, asked: number): Promise<boolean> {
  if (files.files.length === 0) return false;
  const [row] = await session.rows(`SELECT count(*) FROM ${rows.from}`); // answered by the files' metadata
  return Number(row?.[0] ?? 0) > asked * FEW;
}

async function writeOut(session: Session, request: JoinRequest, entities: EntityRows, parts: readonly Part[]): Promise<JoinResult> {
  const { out, views, knownAtDelaySeconds } = request;
  const outputs = request.outputs ?? views.flatMap(({ features }) => features.map(({ output }) => output));
  const entityKeys = [...new Set(parts.flatMap(({ keySql }) => keySql))];
  const entityColumns = [...entities.columns.keys()];
  const sql = joinSql({
    entityFrom: entities.from,
    entityTime: entities.time,
    entityKeys,
    entityColumns,
    parts: parts.map((part) => ({ ...part, entityKeys: part.keySql.map((key) => `e${entityKeys.indexOf(key)}`) })),
    knownAtDelaySeconds,
    outputs,
  });
  const unfinished = `${out.path}.${randomUUID()}.part`;
  try {
    await session.run(`COPY (${sql}) TO ${quoteText(unfinished)} (${out.format === "parquet" ? "FORMAT parquet" : "FORMAT csv, HEADER"})`);
    await rename(unfinished, out.path);
  } finally {
    await rm(unfinished, { force: true });
  }
  return {
    rows: entities.rowCount,
    columns: [...entityColumns, ...outputs],
    rejected: parts.flatMap(({ join, rejected }) => rejected.map((rejection) => ({ view: join.view.view, rejection }))),
  };
}
