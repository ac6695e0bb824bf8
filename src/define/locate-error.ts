import { readFileSync } from "node:fs";
import { toPath } from "./call-site.ts";
import type { FailedImport, RepoModules } from "./module-hooks.ts";

/** An error of a repo's file: an absolute path, a line from 1 where it is known, and what to do about it. */
export interface LocatedError {
  readonly file: string;
  readonly line: number | null;
  readonly message: string;
}

/** Where a failed import of `file` really failed: in it, or in a file that it imports. `root`: the repo's real path. */
export function locateError(error: unknown, file: string, root: string, modules: RepoModules): LocatedError {
  const failed = modules.importOf(error);
  if (failed !== null) return locateImport(failed);
  if (!(error instanceof Error)) return { file, line: null, message: `throws ${shown(error)}` };
  const stack = error.stack ?? "";
  // Node puts the place of a syntax error and of a missing export before everything else.
  const first = /^(file:\/\/\S+?):(\d+)\n/.exec(stack);
  if (first !== null) return { ...placeOf(first), message: syntaxMessage(error.message) };
  if (error instanceof SyntaxError && !stack.includes(root)) return locateUnplaced(error, modules.lastLoaded() ?? file);
  const frame = [...stack.matchAll(/(file:\/\/[^\s()]+?):(\d+):\d+\)?$/gm)].find(([, url = ""]) => isInside(toPath(url), root));
  const place = frame === undefined ? { file, line: null } : placeOf(frame);
  return { ...place, message: thrownMessage(error) };
}

function placeOf([, url = "", line = ""]: readonly string[]): { readonly file: string; readonly line: number } {
  return { file: toPath(url), line: Number(line) };
}

function isInside(path: string, root: string): boolean {
  return path.startsWith(`${root}/`) && !path.includes("/node_modules/");
}

function locateImport({ file, specifier }: FailedImport): LocatedError {
  const line = lineOf(file, new RegExp(`["']${literally(specifier)}["']`));
  const isRelative = /^\.{0,2}\//.test(specifier);
  const hasEnding = /\.\w+$/.test(specifier);
  const hint = isRelative && !hasEnding ? `; write the whole file name: "${specifier}.ts"` : "";
  return { file, line, message: `cannot find ${isRelative ? "the file" : "the package"} "${specifier}"${hint}` };
}

/** The engine names no place for a name that is declared twice. */
function locateUnplaced(error: SyntaxError, file: string): LocatedError {
  const [, name] = /^Identifier '(.+)' has already been declared$/.exec(error.message) ?? [];
  const pattern = name === undefined ? null : new RegExp(`\\b(?:const|let|var|class|function|import)\\b[^;=]*[\\s{,]${literally(name)}\\b`);
  const message = name === undefined ? syntaxMessage(error.message) : `"${name}" is declared twice`;
  return { file, line: pattern === null ? null : lineOf(file, pattern, 2), message };
}

/** The line of the nth match, or null. */
function lineOf(file: string, pattern: RegExp, nth = 1): number | null {
  let seen = 0;
  const index = readFileSync(file, "utf8")
    .split("\n")
    .findIndex((line) => {
      if (pattern.test(line)) seen += 1;
      return seen === nth;
    });
  return index === -1 ? null : index + 1;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function syntaxMessage(message: string): string {
  const [, specifier, name] = /^The requested module '(.+)' does not provide an export named '(.+)'$/.exec(message) ?? [];
  if (specifier !== undefined) return `"${specifier}" exports nothing called "${name}"; if it is a type, write: import type`;
  if (message.includes("strip-only mode")) return `${message}: only TypeScript that can be erased may be used in a feature repo`;
  return `syntax error: ${message}`;
}

function thrownMessage(error: Error): string {
  const [, name] = /^Cannot access '(.+)' before initialization$/.exec(error.message) ?? [];
  if (name !== undefined) return `"${name}" is used before it is defined: move it up, or break the circle of files that import each other`;
  return `throws ${error.name}: ${error.message}`;
}

function shown(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : String(value);
}
