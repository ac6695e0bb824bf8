import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isName, NAME_RULE } from "../domain/index.ts";
import { type Clock, LarderError, systemClock } from "../kit/index.ts";
import { SETTINGS_FILE } from "./repo-settings.ts";
import { sampleStats } from "./sample-stats.ts";

export interface InitRepoOptions {
  /** Default: made from the folder's name. */
  readonly project?: string | undefined;
  /** The sample's rows end at this clock's hour. */
  readonly clock?: Clock;
}

export interface NewRepo {
  readonly project: string;
  /** What was written, relative to the folder. */
  readonly files: readonly string[];
}

const TEMPLATE = new URL("./template/", import.meta.url);

export const TSCONFIG = {
  compilerOptions: {
    target: "es2024",
    module: "esnext",
    moduleResolution: "bundler",
    types: [],
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
  },
  include: ["**/*.ts"],
};

/**
 * Writes a small feature repo that loads as it stands and that an editor type-checks, wherever the folder lies: `dir` is made when it
 * is missing. Throws already_exists, before anything is written, when a file of the same name is there; invalid_argument for a bad project.
 */
export async function initRepo(dir: string, { project, clock = systemClock }: InitRepoOptions = {}): Promise<NewRepo> {
  const name = project ?? projectFromFolder(dir);
  if (!isName(name)) throw new LarderError("invalid_argument", `"${name}" is not a name for a project.`, { hint: `Names are ${NAME_RULE}.` });
  const files = await newFiles(name, clock);
  const taken: string[] = [];
  for (const file of files.keys()) if (await exists(join(dir, file))) taken.push(file);
  if (taken.length > 0) {
    throw new LarderError("already_exists", `${dir} already has ${taken.join(", ")}; nothing was written.`, { hint: "Name an empty or new folder." });
  }
  for (const [file, text] of files) {
    await mkdir(dirname(join(dir, file)), { recursive: true });
    await writeFile(join(dir, file), text, { flag: "wx" });
  }
  return { project: name, files: [...files.keys()] };
}

async function newFiles(project: string, clock: Clock): Promise<ReadonlyMap<string, string>> {
  const { libraryDeclarations } = await import("./library-declarations.ts"); // brings the TypeScript compiler: only here
  const files = new Map<string, string>();
  for (const file of (await readdir(TEMPLATE)).sort()) files.set(file, await readFile(new URL(file, TEMPLATE), "utf8"));
  files.set(SETTINGS_FILE, files.get(SETTINGS_FILE)?.replace(/^project: .*$/m, `project: ${project}`) ?? "");
  files.set("data/driver_stats.csv", sampleStats(clock.now()));
  files.set("tsconfig.json", `${JSON.stringify(TSCONFIG, null, 2)}\n`);
  files.set("larder.d.ts", libraryDeclarations());
  return files;
}

/** `My features/` → my_features. */
function projectFromFolder(dir: string): string {
  const name = basename(dir)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "");
  return isName(name) ? name : "my_project";
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
