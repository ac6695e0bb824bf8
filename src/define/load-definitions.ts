import { relative, sep } from "node:path";
import { type DefinitionKind, definitionKey, type LocatedDefinition, type Problem } from "../domain/index.ts";
import type { CallSite } from "./call-site.ts";
import { type Draft, draftOf } from "./handle.ts";
import { type LocatedError, locateError } from "./locate-error.ts";
import type { RepoModules } from "./module-hooks.ts";

export interface LoadedDefinitions {
  readonly definitions: readonly LocatedDefinition[];
  readonly problems: readonly Problem[];
  readonly exports: readonly DefinitionExport[];
}

/** Under which name a file of the repo exports a definition. */
export interface DefinitionExport {
  readonly kind: DefinitionKind;
  readonly name: string;
  readonly file: string; // relative to the repo
  readonly exportName: string;
}

/**
 * Imports every file and gathers what they export. A file that does not load is replaced by a stand-in and the rest loaded again,
 * until all that is wrong anywhere has been told. `root`: the repo's real path; `files`: absolute, in order.
 */
export async function loadDefinitions(
  root: string,
  files: readonly string[],
  modules: RepoModules,
  onFile: (file: string) => void,
): Promise<LoadedDefinitions> {
  const errors: LocatedError[] = [];
  const unloadable = new Set<string>();
  for (let pass = 1; ; pass += 1) {
    const { exported, failures } = await importAll(root, files, modules, { pass, unloadable, onFile });
    const fresh = failures.filter(({ file }) => !unloadable.has(file));
    errors.push(...fresh);
    for (const { file } of fresh) unloadable.add(file);
    if (fresh.length > 0) continue;
    const { problems, ...rest } = collect(root, exported);
    return { ...rest, problems: inOrder([...errors.map((error) => toProblem(root, error, error.message)), ...problems]) };
  }
}

interface ExportPlace {
  readonly file: string; // absolute
  readonly name: string;
}

interface Pass {
  readonly pass: number;
  readonly unloadable: ReadonlySet<string>;
  readonly onFile: (file: string) => void;
}

async function importAll(root: string, files: readonly string[], modules: RepoModules, { pass, unloadable, onFile }: Pass) {
  const exported = new Map<object, ExportPlace>();
  const failures: LocatedError[] = [];
  for (const file of files.filter((name) => !unloadable.has(name))) {
    onFile(file);
    try {
      const values = Object.entries(await modules.import(file, pass, new Set(unloadable)));
      for (const [name, value] of values) if (draftOf(value) !== null && !exported.has(value as object)) exported.set(value as object, { file, name }); // what has a draft is an object
    } catch (error) {
      failures.push(locateError(error, file, root, modules));
    }
  }
  return { exported, failures };
}

/** Definitions in the order of their places, the first of each name; what is wrong with any of them, and who names something unexported. */
function collect(root: string, exported: ReadonlyMap<object, ExportPlace>): LoadedDefinitions {
  const drafts = [...exported.keys()].map((handle) => draftOf(handle)).filter((draft) => draft !== null);
  drafts.sort((a, b) => compareSites(a.site, b.site));
  const definitions = new Map<string, LocatedDefinition>();
  const problems: Problem[] = [];
  for (const draft of drafts) {
    for (const { message, site } of draft.mistakes) problems.push(toProblem(root, site ?? draft.site, message));
    const unexported = draft.references.filter((handle) => draftOf(handle) !== null && !exported.has(handle)).map((handle) => draftOf(handle)?.label);
    for (const label of unexported) problems.push(toProblem(root, draft.site, `${draft.label}: its ${label} is not exported: write export before it`));
    if (draft.definition === null || unexported.length > 0) continue;
    const key = definitionKey(draft.definition);
    const first = definitions.get(key);
    if (first !== undefined)
      problems.push(toProblem(root, draft.site, `${draft.label} is defined twice; first in ${first.origin?.file}:${first.origin?.line}`));
    else definitions.set(key, { definition: draft.definition, origin: originOf(root, draft) });
  }
  return { definitions: [...definitions.values()], problems, exports: [...exported].flatMap((entry) => exportOf(root, entry)) };
}

function exportOf(root: string, [handle, { file, name: exportName }]: readonly [object, ExportPlace]): readonly DefinitionExport[] {
  const definition = draftOf(handle)?.definition ?? null;
  return definition === null ? [] : [{ kind: definition.kind, name: definition.name, file: repoPath(root, file), exportName }];
}

function originOf(root: string, { site }: Draft): LocatedDefinition["origin"] {
  return site === null ? null : { file: repoPath(root, site.file), line: site.line };
}

function repoPath(root: string, file: string): string {
  return relative(root, file).split(sep).join("/");
}

export function toProblem(root: string, site: { readonly file: string; readonly line: number | null } | null, message: string): Problem {
  return { severity: "error", file: site === null ? null : repoPath(root, site.file), line: site?.line ?? null, message };
}

function compareSites(a: CallSite | null, b: CallSite | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line;
}

/** By file and line, each once. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((problem) => [`${problem.file}:${problem.line}:${problem.message}`, problem]));
  return [...unique.values()].sort((a, b) => {
    if (a.file !== b.file) return (a.file ?? "") < (b.file ?? "") ? -1 : 1;
    return (a.line ?? 0) - (b.line ?? 0);
  });
}
