import {
  type Definition,
  definitionKey,
  type Entity,
  isName,
  type LocatedDefinition,
  NAME_RULE,
  type Origin,
  type Problem,
  type ProjectDefinitions,
  projectDefinitions,
} from "../domain/index.ts";
import { checkService } from "./check-service.ts";
import { checkSource, sourceLimits } from "./check-source.ts";
import { checkView } from "./check-view.ts";
import type { RegisteredDefinition } from "./port.ts";
import { type Complaints, errorAt, labelOf, warningAt } from "./problem.ts";

export interface CheckRequest {
  /** What the repo defines. */
  readonly own: readonly LocatedDefinition[];
  /** What others manage in the same project: it stays, and may refer to ours as ours to it. */
  readonly foreign: readonly RegisteredDefinition[];
  /** What the loader has told already. */
  readonly loaded: readonly Problem[];
}

/**
 * What can be told without opening a source: names, duplicates, references, names that would meet, and what this release does not build yet.
 * A definition that the loader complained of is not complained of again; what did not load is not called missing.
 */
export function checkDefinitions({ own, foreign, loaded }: CheckRequest): readonly Problem[] {
  const defined = projectDefinitions([...foreign, ...own]);
  const told = new Set(loaded.filter(({ severity }) => severity === "error").map(({ file, line }) => `${file}:${line}`));
  const problems: Problem[] = [...duplicates(own)];
  for (const { definition, origin } of own) {
    const add = (problem: Problem) => void problems.push(problem);
    const isTold = origin !== null && told.has(`${origin.file}:${origin.line}`);
    const error = (message: string) => (isTold ? undefined : add(errorAt(origin, `${labelOf(definition)}: ${message}`)));
    const warning = (message: string) => add(warningAt(origin, `${labelOf(definition)}: ${message}`));
    if (!isName(definition.name)) error(`the name is not allowed: names are ${NAME_RULE}`);
    checkOne(definition, defined, { error, warning, missing: told.size === 0 ? error : () => {} });
  }
  for (const { definition, managedBy } of foreign) {
    const error = (message: string) => void problems.push(errorAt(null, `${labelOf(definition)}, managed by ${managedBy}, would break: ${message}`));
    checkOne(definition, defined, { error, warning: () => {}, missing: told.size === 0 ? error : () => {} });
  }
  return problems;
}

function checkOne(definition: Definition, defined: ProjectDefinitions, complaints: Complaints): void {
  switch (definition.kind) {
    case "entity":
      checkEntity(definition, complaints);
      break;
    case "data_source":
      checkSource(definition, defined, complaints);
      sourceLimits(definition, complaints);
      break;
    case "feature_view":
      checkView(definition, defined, complaints);
      break;
    case "feature_service":
      checkService(definition, defined, complaints);
      break;
  }
}

function checkEntity(entity: Entity, { error }: Complaints): void {
  if (entity.joinKeys.length === 0) error('it has no join keys: name at least one, such as { driver_id: "int64" }');
  for (const { name } of entity.joinKeys) if (!isName(name)) error(`the join key "${name}" is not allowed: names are ${NAME_RULE}`);
}

function duplicates(own: readonly LocatedDefinition[]): readonly Problem[] {
  const first = new Map<string, Origin | null>();
  return own.flatMap(({ definition, origin }) => {
    const key = definitionKey(definition);
    const place = first.get(key);
    if (place === undefined) {
      first.set(key, origin);
      return [];
    }
    return [errorAt(origin, `${labelOf(definition)} is defined twice${place === null ? "" : `; first in ${place.file}:${place.line}`}`)];
  });
}
