import { access, mkdir, readFile, realpath, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { stringify } from "yaml";
import { type Definition, type DefinitionKind, definitionKey, type ProjectSettings } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import { definitionCode, exportNameOf, type Importable } from "./code/definition-code.ts";
import { exportedFile } from "./code/snippet.ts";
import { TSCONFIG } from "./init-repo.ts";
import type { DefinitionExport } from "./load-definitions.ts";
import { loadRepoExports } from "./load-repo.ts";
import { readRepoSettings, SETTINGS_FILE } from "./repo-settings.ts";

export interface ExportRepoInput {
  readonly dir: string;
  readonly project: string;
  readonly settings: ProjectSettings;
  /** What to write: what the console made. */
  readonly definitions: readonly Definition[];
  /** Whether a repo manages other definitions of the project: then `dir` must be that repo. */
  readonly isShared: boolean;
}

export interface ExportedRepo {
  /** Relative to the folder; "unchanged" files were there with the same bytes. */
  readonly files: readonly { readonly file: string; readonly state: "written" | "unchanged" }[];
  /** Definitions that the repo has already in a file of its own. */
  readonly present: readonly { readonly kind: DefinitionKind; readonly name: string; readonly file: string }[];
}

/**
 * Writes definitions as TypeScript, a file each, into a feature repo: an existing one of the same project, or a new one. The same definitions give the
 * same bytes, and applied from there they are adopted as they are. Throws invalid_argument for a repo of another project, failed_precondition where
 * something that they refer to is in no file of the repo, already_exists where a file has other content; then nothing was written.
 */
export async function exportRepo(input: ExportRepoInput): Promise<ExportedRepo> {
  const { dir, project, definitions } = input;
  const isRepo = await exists(join(dir, SETTINGS_FILE));
  if (isRepo) await requireSameProject(dir, project);
  else if (input.isShared) throw needsItsRepo(project);
  await mkdir(dir, { recursive: true });
  const root = await realpath(dir);
  const exports = isRepo ? await loadRepoExports(root) : [];
  const present = exports.filter((one) => definitions.some((wanted) => isElsewhere(one, wanted))).map(({ kind, name, file }) => ({ kind, name, file }));
  const isPresent = new Set(present.map(definitionKey));
  const files = new Map<string, string>(isRepo ? [] : await foundations(input));
  const wanted = definitions.filter((one) => !isPresent.has(definitionKey(one))).sort((a, b) => (exportedFile(a) < exportedFile(b) ? -1 : 1));
  const own = new Map(wanted.map((one) => [definitionKey(one), { file: exportedFile(one), exportName: exportNameOf(one) }]));
  for (const definition of wanted) files.set(exportedFile(definition), codeOf(definition, { root, own, exports }));
  return { files: await writeAll(root, files), present };
}

function isElsewhere(one: DefinitionExport, wanted: Definition): boolean {
  return one.kind === wanted.kind && one.name === wanted.name && one.file !== exportedFile(wanted);
}

async function requireSameProject(dir: string, project: string): Promise<void> {
  const settings = await readRepoSettings(dir);
  if (settings.project === project) return;
  throw new LarderError("invalid_argument", `${dir} is the repo of project ${settings.project || "(none)"}, not of ${project}.`, {
    hint: "Name the repo of this project, or --project.",
  });
}

function needsItsRepo(project: string): LarderError {
  return new LarderError("failed_precondition", `A repo manages other definitions of ${project}: applied from another folder, they would be removed.`, {
    hint: "Export into that repo's folder.",
  });
}

interface Surroundings {
  readonly root: string;
  readonly own: ReadonlyMap<string, { readonly file: string; readonly exportName: string }>;
  readonly exports: readonly DefinitionExport[];
}

function codeOf(definition: Definition, { root, own, exports }: Surroundings): string {
  const folder = dirname(exportedFile(definition));
  const importOf = (kind: DefinitionKind, name: string): Importable => {
    const found = own.get(definitionKey({ kind, name })) ?? exports.find((one) => one.kind === kind && one.name === name);
    if (found !== undefined) return { specifier: specifierOf(folder, found.file), exportName: found.exportName };
    throw new LarderError("failed_precondition", `${definition.name} refers to ${definitionKey({ kind, name })}, which no file in ${root} exports.`, {
      hint: "Export into the repo that defines it. Nothing was written.",
    });
  };
  return definitionCode({ definition, importOf, pathOf: (path) => pathFrom(root, folder, path) });
}

function specifierOf(folder: string, file: string): string {
  const path = relative(folder, file).split(sep).join("/");
  return path.startsWith(".") ? path : `./${path}`;
}

/** Files in the repo, or beside it, move with it; all others stay where they are. */
function pathFrom(root: string, folder: string, path: string): string {
  const isNear = path.startsWith(`${dirname(root)}${sep}`);
  return isNear ? relative(join(root, folder), path).split(sep).join("/") : path;
}

async function foundations({ project, settings }: ExportRepoInput): Promise<readonly (readonly [string, string])[]> {
  const { libraryDeclarations } = await import("./library-declarations.ts"); // brings the TypeScript compiler: only here
  const { type, connectionString } = settings.onlineStore;
  const online = connectionString === null ? { type } : { type, connection_string: connectionString };
  return [
    [SETTINGS_FILE, stringify({ project, online_store: online, offline_store: settings.offlineStore })],
    ["tsconfig.json", `${JSON.stringify(TSCONFIG, null, 2)}\n`],
    ["larder.d.ts", libraryDeclarations()],
  ];
}

async function writeAll(root: string, files: ReadonlyMap<string, string>): Promise<ExportedRepo["files"]> {
  const results: { readonly file: string; readonly state: "written" | "unchanged" }[] = [];
  const others: string[] = [];
  for (const [file, text] of files) {
    const present = await readFile(join(root, file), "utf8").catch(() => null);
    if (present !== null && present !== text) others.push(file);
    results.push({ file, state: present === null ? "written" : "unchanged" });
  }
  if (others.length > 0) {
    throw new LarderError("already_exists", `${others.join(", ")} in ${root} ${others.length === 1 ? "has" : "have"} other content. Nothing was written.`, {
      hint: "Look at the difference, then move those files away and export again.",
    });
  }
  for (const { file, state } of results) {
    if (state === "unchanged") continue;
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), files.get(file) ?? "", { flag: "wx" });
  }
  return results;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
