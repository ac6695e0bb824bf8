import {
  cronMistake,
  type DataSource,
  type Entity,
  expectationMistakes,
  type FeatureView,
  isName,
  isValueType,
  NAME_RULE,
  type ProjectDefinitions,
} from "../domain/index.ts";
import { didYouMean } from "../kit/index.ts";
import { type Complaints, namesOf } from "./problem.ts";

/** References, names that would meet in one row, and numbers that make no sense. */
export function checkView(view: FeatureView, defined: ProjectDefinitions, { error, missing }: Complaints): void {
  const source = defined.source(view.source);
  if (view.source === "") error("it has no source: name the data source that its rows come from");
  else if (source === undefined)
    missing(`there is no data source "${view.source}". ${didYouMean(view.source, namesOf(defined, "data_source"), "Define and export it.")}`);
  if (view.features.length === 0) error('it has no features: name at least one in its schema, such as { conv_rate: "float32" }');
  const entities = knownEntities(view, defined, { error, missing });
  checkJoinKeys(entities, error);
  checkFeatures(view, entities, source, error);
  if (view.transform !== null && view.transform.trim() === "") error("its transform is empty: leave it out, or select from input");
  if (!isLength(view.ttlSeconds)) error(`ttl: ${view.ttlSeconds} is not a number of whole seconds`);
  if (view.freshnessSeconds === 0) error("freshness: 0 leaves no time in which a view could be fresh; leave it out for twice the schedule's interval");
  const mistake = view.schedule === null ? null : cronMistake(view.schedule);
  if (mistake !== null) error(`schedule: ${mistake}`);
  if (!isLength(view.freshnessSeconds)) error(`freshness: ${view.freshnessSeconds} is not a number of whole seconds`);
}

function isLength(seconds: number | null): boolean {
  return seconds === null || (Number.isSafeInteger(seconds) && seconds >= 0);
}

function knownEntities(view: FeatureView, defined: ProjectDefinitions, { error, missing }: Pick<Complaints, "error" | "missing">): readonly Entity[] {
  const seen = new Set<string>();
  return view.entities.flatMap((name) => {
    const entity = defined.entity(name);
    if (entity === undefined) missing(`there is no entity "${name}". ${didYouMean(name, namesOf(defined, "entity"), "Define and export it.")}`);
    if (seen.has(name)) error(`it names the entity "${name}" twice`);
    const isNew = !seen.has(name);
    seen.add(name);
    return entity !== undefined && isNew ? [entity] : [];
  });
}

function checkJoinKeys(entities: readonly Entity[], error: Complaints["error"]): void {
  const owner = new Map<string, string>();
  for (const { name: entity, joinKeys } of entities) {
    for (const { name } of joinKeys) {
      const other = owner.get(name);
      if (other !== undefined) error(`the entities "${other}" and "${entity}" both have the join key "${name}"`);
      owner.set(name, entity);
    }
  }
}

/** SQL does not tell upper from lower case, so neither may names that stand in one row. */
function checkFeatures(view: FeatureView, entities: readonly Entity[], source: DataSource | undefined, error: Complaints["error"]): void {
  const taken = new Map<string, string>();
  for (const { name } of entities.flatMap(({ joinKeys }) => joinKeys)) taken.set(name.toLowerCase(), `the join key "${name}"`);
  for (const column of [source?.timestampField, source?.createdTimestampColumn]) {
    if (typeof column === "string" && column !== "") taken.set(column.toLowerCase(), `the time column "${column}"`);
  }
  for (const { name, type, expect } of view.features) {
    const other = taken.get(name.toLowerCase());
    if (!isName(name)) error(`the feature name "${name}" is not allowed: names are ${NAME_RULE}`);
    if (!isValueType(type)) error(`the feature "${name}" has the unknown type "${String(type)}"`);
    if (other !== undefined) error(`the feature "${name}" has the name of ${other}`);
    taken.set(name.toLowerCase(), `the feature "${name}"`);
    if (expect === undefined || !isValueType(type)) continue;
    for (const { field, message } of expectationMistakes(type, expect)) error(`the feature "${name}" expects ${field === null ? "" : `${field}: `}${message}`);
  }
}
