import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Loads a repo's files through Node's own loader, with "larder" in reach, as often as asked. */
export interface RepoModules {
  /** A fresh load of one file and all that it imports from the repo; files in `unloadable` are replaced by stand-ins. */
  import(file: string, pass: number, unloadable: ReadonlySet<string>): Promise<Readonly<Record<string, unknown>>>;
  /** The file that Node was reading when it gave up without saying where. */
  lastLoaded(): string | null;
  /** Where the import stood that could not be followed, if that is what `error` is about. */
  importOf(error: unknown): FailedImport | null;
}

export interface FailedImport {
  readonly file: string;
  readonly specifier: string;
}

const LARDER = new URL("./larder.ts", import.meta.url).href;
const UNLOADED = new URL("./unloaded.ts", import.meta.url).href;

/**
 * Hooks into this process's module loader, for good: call it once. `root`: the repo's real path.
 * `import "larder"` means this checkout wherever the repo lies, and every pass sees the repo's files anew.
 */
export function hookRepoModules(root: string): RepoModules {
  const prefix = `${pathToFileURL(root).href}/`;
  const failed = new WeakMap<object, FailedImport>();
  let pass = 1;
  let stubbed: ReadonlySet<string> = new Set();
  let last: string | null = null;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === "larder") return { url: LARDER, shortCircuit: true };
      try {
        const found = next(specifier, context);
        return isRepoFile(found.url, prefix) ? { ...found, url: `${found.url.replace(/\?.*$/, "")}?pass=${pass}` } : found;
      } catch (error) {
        const parent = context.parentURL ?? "";
        if (typeof error === "object" && error !== null && parent.startsWith(prefix)) failed.set(error, { file: fileURLToPath(parent), specifier });
        throw error;
      }
    },
    load(url, context, next) {
      if (!isRepoFile(url, prefix)) return next(url, context);
      last = fileURLToPath(url);
      if (stubbed.has(last)) return { format: "module", source: standIn(readFileSync(last, "utf8")), shortCircuit: true };
      return next(url, { ...context, format: "module-typescript" }); // whatever package.json lies above
    },
  });
  return {
    import(file, number, unloadable) {
      pass = number;
      stubbed = unloadable;
      return import(pathToFileURL(file).href);
    },
    lastLoaded: () => last,
    importOf: (error) => (typeof error === "object" && error !== null ? (failed.get(error) ?? null) : null),
  };
}

function isRepoFile(url: string, prefix: string): boolean {
  return url.startsWith(prefix) && !url.includes("/node_modules/") && /\.ts(\?|$)/.test(url);
}

/** A module with the same exports, none of which is anything. */
export function standIn(source: string): string {
  const names = new Set<string>();
  for (const [, name = ""] of source.matchAll(
    /^\s*export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:const|let|var|class|function\*?)\s+([\p{L}_$][\p{L}\p{N}_$]*)/gmu,
  )) {
    names.add(name);
  }
  for (const [, list = ""] of source.matchAll(/^\s*export\s*\{([^}]*)\}/gm)) {
    for (const item of list.split(","))
      names.add(
        item
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? "",
      );
  }
  const stars = [...source.matchAll(/^\s*export\s*\*\s*from\s*("[^"\n]*"|'[^'\n]*')/gm)].map(([, from]) => `export * from ${from};`);
  const exports = [...names].filter((name) => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)).map((name) => `value as ${name}`);
  return [`import { unloadedExport as value } from ${JSON.stringify(UNLOADED)};`, ...stars, `export { ${exports.join(", ")} };`].join("\n");
}
