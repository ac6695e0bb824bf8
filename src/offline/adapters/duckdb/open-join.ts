import { LarderError, type Micros } from "../../../kit/index.ts";
import type { JoinRequest, JoinView, Rejection } from "../../port.ts";
import type { Session } from "./engine.ts";
import { type EntityRows, entityKey, openEntityRows } from "./entity-rows.ts";
import { featureIndex, type JoinPart, ttlMicros } from "./join-sql.ts";
import type { LocatedFiles } from "./locate-files.ts";
import { narrowKeys } from "./narrow-keys.ts";
import { type Opening, openView, withFilesOf } from "./open-view.ts";
import { reasonText, selectRows, type ViewRows } from "./view-rows.ts";

/** With this many times more rows in the source than were asked about, it pays to look at the keys first. */
const FEW = 20;

export type Part = JoinPart & { readonly rejected: readonly Rejection[] };

/** Entity rows beside the rows of each view, all under names that SQL can be made of. */
export interface OpenedJoin {
  readonly session: Session;
  readonly entities: EntityRows;
  /** Distinct key expressions over the entity rows: e0, e1, … */
  readonly entityKeys: readonly string[];
  readonly parts: readonly Part[];
}

export interface OpenJoinOptions {
  /** Take so many of the entity rows at most; null: all. */
  readonly sampleRows: number | null;
  /** Rows of a view older than this cannot matter; null: any age may. */
  readonly oldest: (rows: ViewRows, timeMin: Micros) => Micros | null;
}

/** The oldest event time that can answer an entity row within ttl. */
export function oldestWithinTtl(rows: ViewRows, timeMin: Micros): Micros | null {
  const ttl = ttlMicros(rows.view);
  return ttl === null ? null : timeMin - ttl;
}

type OpenJoinRequest = Pick<JoinRequest, "entityRows" | "eventTimestampColumn" | "views">;

/** Opens entity rows and views for `work`, and again when a file was replaced meanwhile. */
export async function withJoin<T>(opening: Opening, request: OpenJoinRequest, options: OpenJoinOptions, work: (opened: OpenedJoin) => Promise<T>): Promise<T> {
  return withFilesOf(
    request.views.map(({ view }) => view),
    opening.variables,
    (located) =>
      opening.engine.use(
        async (session) => {
          const entities = await openEntityRows(opening, session, request, options.sampleRows);
          const releases = [entities.release];
          try {
            refuseClashes(entities, request.views);
            return await work(await openParts({ opening, session, request, options, entities, located, releases }));
          } finally {
            await Promise.all(releases.map((release) => release()));
          }
        },
        { signal: opening.signal },
      ),
  );
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
  readonly request: OpenJoinRequest;
  readonly options: OpenJoinOptions;
  readonly entities: EntityRows;
  readonly located: readonly LocatedFiles[];
  readonly releases: (() => Promise<void>)[];
}

async function openParts({ opening, session, request, options, entities, located, releases }: Parts): Promise<OpenedJoin> {
  const parts: (Part & { readonly keySql: readonly string[] })[] = [];
  for (const [index, join] of request.views.entries()) {
    const files = located[index];
    if (files === undefined) throw new LarderError("internal", "A view was opened without its files.");
    const where = (rows: ViewRows): readonly string[] => reachable(rows, entities, options);
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
  const entityKeys = [...new Set(parts.flatMap(({ keySql }) => keySql))];
  const named = parts.map(({ keySql, ...part }) => ({ ...part, entityKeys: keySql.map((key) => `e${entityKeys.indexOf(key)}`) }));
  return { session, entities, entityKeys, parts: named };
}

function requireFeature({ view }: JoinView, feature: string): number {
  const index = featureIndex({ view }, feature);
  if (index !== -1) return index;
  throw new LarderError("not_found", `The feature view "${view.view}" has no feature "${feature}".`);
}

/** No entity row can see a row after its newest time. */
function reachable(rows: ViewRows, { timeMin, timeMax }: EntityRows, { oldest }: OpenJoinOptions): readonly string[] {
  if (timeMin === null || timeMax === null) return ["false"];
  return rows.eventWithin(oldest(rows, timeMin), timeMax);
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
