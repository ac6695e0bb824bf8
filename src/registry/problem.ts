import type { DefinitionKind, Origin, Problem, ProjectDefinitions } from "../domain/index.ts";

export function errorAt(origin: Origin | null, message: string): Problem {
  return { severity: "error", file: origin?.file ?? null, line: origin?.line ?? null, message };
}

export function warningAt(origin: Origin | null, message: string): Problem {
  return { ...errorAt(origin, message), severity: "warning" };
}

const NOUNS: Readonly<Record<DefinitionKind, string>> = {
  entity: "entity",
  data_source: "data source",
  feature_view: "feature view",
  feature_service: "feature service",
};

/** `feature view "driver_stats"`: how messages name a definition. */
export function labelOf({ kind, name }: { readonly kind: DefinitionKind; readonly name: string }): string {
  return `${NOUNS[kind]} "${name}"`;
}

/** By file and line, what has no place last; each once. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((problem) => [`${problem.file}:${problem.line}:${problem.message}`, problem]));
  return [...unique.values()].sort((a, b) => {
    if (a.file !== b.file) return a.file === null ? 1 : b.file === null ? -1 : a.file < b.file ? -1 : 1;
    return (a.line ?? 0) - (b.line ?? 0);
  });
}

/** How checks say what is wrong with one definition; its place and name are added. */
export interface Complaints {
  error(message: string): void;
  warning(message: string): void;
  /** It refers to a definition that is not there. */
  missing(message: string): void;
}

/** The names of one kind in a project, for "did you mean". */
export function namesOf(defined: ProjectDefinitions, kind: DefinitionKind): readonly string[] {
  return defined.all.flatMap(({ definition }) => (definition.kind === kind ? [definition.name] : []));
}
