import type { Column, ScalarType } from "../domain/index.ts";
import { didYouMean, LarderError } from "../kit/index.ts";
import type { RegistrySnapshot } from "../registry/index.ts";
import { coerceColumn } from "./coerce-column.ts";
import type { ReadPlan } from "./read-plan.ts";

/** Columns as they come with a request: name → values, JSON as parseJsonExact reads it. */
export type RequestColumns = Readonly<Record<string, readonly unknown[]>>;

/** The entities of one request, checked and typed. */
export interface EntityColumns {
  readonly rowCount: number;
  /** The columns as the answer repeats them, in the request's order. */
  readonly echo: readonly Column[];
  /** The column as a join key of this type. */
  column(name: string, type: ScalarType): Column;
}

/** What Feast calls the join key of views without entities. */
const DUMMY_ENTITY_COLUMN = "__dummy_id";

/**
 * Reads a request's entities as the plan needs them. Join keys that other views of the project have may come along, and are echoed.
 * Throws invalid_argument naming the column (and row) for anything missing, unknown, ragged, empty, null or of a wrong type.
 */
export function readEntityColumns(plan: ReadPlan, entities: RequestColumns): EntityColumns {
  const names = Object.keys(entities);
  refuseMissing(plan, names);
  const rowCount = commonLength(entities, names);
  const typed = new Map<string, Column>();
  const column = (name: string, type: ScalarType): Column => {
    const key = `${type} ${name}`;
    const known = typed.get(key);
    if (known) return known;
    const made = readKeyColumn(name, type, entities[name] ?? []);
    typed.set(key, made);
    return made;
  };
  const echo = names.map((name) => column(name, plan.columns.get(name)?.[0] ?? otherKeyType(plan, name)));
  return { rowCount, echo, column };
}

function refuseMissing(plan: ReadPlan, names: readonly string[]): void {
  const missing = [...plan.columns.keys()].filter((name) => !names.includes(name));
  if (missing.length === 0) return;
  const list = missing.map((name) => `"${name}"`).join(" and ");
  const what = names.length === 0 ? `entities is empty: the features asked for need ${list}.` : `entities.${missing[0]} is missing: the features need ${list}.`;
  throw new LarderError("invalid_argument", what, { hint: `Write "entities": {"${missing[0]}": [...]}.`, details: { field: `entities.${missing[0]}` } });
}

/** Without any column, views without entities are read once. */
function commonLength(entities: RequestColumns, names: readonly string[]): number {
  const [first] = names;
  if (first === undefined) return 1;
  const count = entities[first]?.length ?? 0;
  if (count === 0) throw invalid(first, `entities.${first} is an empty list: give at least one value.`);
  for (const name of names) {
    const other = entities[name]?.length ?? 0;
    if (other !== count) throw invalid(name, `entities.${name} has ${other} values, but entities.${first} has ${count}: give one of each per row.`);
  }
  return count;
}

function readKeyColumn(name: string, type: ScalarType, values: readonly unknown[]): Column {
  const column = coerceColumn(name, type, values, (row, reason) => {
    throw invalid(name, `entities.${name}[${row}]: ${reason}.`);
  });
  const row = column.valid === null ? -1 : column.valid.indexOf(0);
  if (row >= 0) throw invalid(name, `entities.${name}[${row}] is null: an entity key has no null in it.`);
  return column;
}

const otherKeysOf = new WeakMap<RegistrySnapshot, ReadonlyMap<string, ScalarType>>();

/** The type of a join key that this request does not need but some view of the project does. */
function otherKeyType({ snapshot, columns }: ReadPlan, name: string): ScalarType {
  let keys = otherKeysOf.get(snapshot);
  if (keys === undefined) {
    const all = [...snapshot.entities.values()].flatMap(({ joinKeys }) => joinKeys.map((key) => [key.name, key.type] as const));
    keys = new Map<string, ScalarType>([[DUMMY_ENTITY_COLUMN, "string"], ...all]);
    otherKeysOf.set(snapshot, keys);
  }
  const type = keys.get(name);
  if (type !== undefined) return type;
  const needed = [...columns.keys()];
  const asEntity = snapshot.entities.get(name)?.joinKeys.map((key) => key.name);
  const otherwise = needed.length === 0 ? "These features need no entities." : `These features need ${needed.join(", ")}.`;
  const hint = asEntity ? `Entities go by their join keys: ${asEntity.join(", ")}.` : didYouMean(name, keys.keys(), otherwise);
  throw new LarderError("invalid_argument", `entities.${name}: no entity of project ${snapshot.project.name} has a join key "${name}".`, {
    hint,
    details: { field: `entities.${name}` },
  });
}

function invalid(name: string, message: string): LarderError {
  return new LarderError("invalid_argument", message, { details: { field: `entities.${name}` } });
}
