import { type Actor, isExpired } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import { keyList, packKeys, rowSpace } from "../online/index.ts";
import type { RegistrySnapshot } from "../registry/index.ts";
import { type EntityColumns, type RequestColumns, readEntityColumns } from "./entity-columns.ts";
import { type PlannedRead, planRead, type ReadPlan } from "./read-plan.ts";
import type { ServedRows } from "./sampling/port.ts";
import type { ServeDeps } from "./serve-deps.ts";

export interface ReadInput {
  readonly actor: Actor;
  readonly project: string;
  /** Features as view:feature, or the name of a service. */
  readonly features?: readonly string[];
  readonly service?: string;
  readonly fullFeatureNames: boolean;
  /** Join key → its values, one per entity row. */
  readonly entities: RequestColumns;
}

/** What became of a row of one view, before its values are looked at. */
export const NOT_FOUND = 0;
export const EXPIRED = 1;
export const LIVE = 2;

/** The rows of one planned read, in the order of the request's entities. */
export interface RowsRead {
  readonly rows: readonly (Uint8Array | null)[];
  /** NOT_FOUND, EXPIRED or LIVE per row. */
  readonly states: Uint8Array;
}

export interface EntityRowsRead {
  readonly plan: ReadPlan;
  readonly entities: EntityColumns;
  /** One per planned read. */
  readonly reads: readonly RowsRead[];
}

/** Values of one answer at most: beyond it, one request would hold up all others. */
const VALUES_MAX = 2_000_000;

/**
 * Resolves, authorizes, reads in one round trip, and decides at this moment which rows are expired.
 * Throws not_found, invalid_argument (naming the field), permission_denied, unavailable.
 */
export async function readRows(deps: ServeDeps, input: ReadInput): Promise<EntityRowsRead> {
  const cached = deps.snapshots.get(input.project);
  const snapshot = cached instanceof Promise ? await cached : cached;
  const plan = planRead(snapshot, input);
  await authorizeReads(deps, input.actor, plan);
  const entities = readEntityColumns(plan, input.entities);
  if (entities.rowCount * plan.outputs.length > VALUES_MAX) {
    throw new LarderError("invalid_argument", `${entities.rowCount} rows of ${plan.outputs.length} features are more than one answer holds.`, {
      hint: `Ask for at most ${VALUES_MAX} values (rows × features) at a time.`,
    });
  }
  const keys = packedKeys(plan, entities);
  const found = plan.reads.length === 0 ? [] : await readStore(deps, snapshot, plan, keys);
  const now = deps.clock.now();
  const reads = plan.reads.map((read, index): RowsRead => {
    const rows = found[index] ?? [];
    const states = statesOf(read, rows, now);
    observe(deps, snapshot, read, states);
    deps.sampler.look(servedRows(snapshot, read, { keys: keys[read.keys] ?? [], rows, states, now }));
    return { rows, states };
  });
  return { plan, entities, reads };
}

async function authorizeReads(deps: ServeDeps, actor: Actor, { snapshot, views }: ReadPlan): Promise<void> {
  for (const name of views) {
    const team = snapshot.views.get(name)?.view.team ?? null;
    await deps.authorizer.authorize({ actor, action: "read_values", resource: { project: snapshot.project.name, kind: "feature_view", name, team } });
  }
}

/** Entity keys as bytes, one list per the plan's keys. */
type PackedKeyLists = readonly (readonly Uint8Array[])[];

function packedKeys(plan: ReadPlan, entities: EntityColumns): PackedKeyLists {
  return plan.keys.map(({ joinKeys, columns }) => {
    const parts = new Map(joinKeys.map(({ name, type }, index) => [name, entities.column(columns[index] ?? name, type)]));
    return keyList(packKeys({ joinKeys }, { rowCount: entities.rowCount, columns: parts }));
  });
}

function readStore(deps: ServeDeps, { project }: RegistrySnapshot, plan: ReadPlan, keys: PackedKeyLists): Promise<(Uint8Array | null)[][]> {
  return deps.onlineStores.forProject(project).read(plan.reads.map((read) => ({ space: rowSpace(project, read.view), keys: keys[read.keys] ?? [] })));
}

function statesOf({ view, reader }: PlannedRead, rows: readonly (Uint8Array | null)[], now: bigint): Uint8Array {
  const states = new Uint8Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? null;
    if (row !== null) states[index] = isExpired(reader.eventTime(row), view.ttlSeconds, now) ? EXPIRED : LIVE;
  }
  return states;
}

interface Served extends RowsRead {
  readonly keys: readonly Uint8Array[];
  readonly now: bigint;
}

function servedRows({ project }: RegistrySnapshot, { view, features }: PlannedRead, { keys, rows, states, now }: Served): ServedRows {
  return { project: project.name, view, features, keys, rows, isExpired: (index) => states[index] === EXPIRED, servedAt: now };
}

function observe({ observer }: ServeDeps, { project }: RegistrySnapshot, { view }: PlannedRead, states: Uint8Array): void {
  let present = 0;
  let expired = 0;
  for (const state of states) {
    if (state === LIVE) present += 1;
    else if (state === EXPIRED) expired += 1;
  }
  observer.readRows({ project: project.name, view: view.view, present, expired, notFound: states.length - present - expired });
}
