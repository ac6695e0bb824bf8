import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { underFileLock } from "../runtime/index.ts";

const run = promisify(execFile);

export interface PythonVenv {
  readonly python: string;
  /** The folder of its programs: put it first in PATH. */
  readonly bin: string;
}

const PYTHON = "python3";
const PATIENCE_MS = 300_000;

/**
 * A virtual environment with exactly the packages of requirements/NAME.txt (dependencies included: pip adds none), made once per machine and
 * kept in the user's cache folder. Null where this machine cannot make one, which is said on stderr; in CI, which skips nothing, an error.
 */
export async function pythonVenv(name: string): Promise<PythonVenv | null> {
  const requirements = await readFile(new URL(`requirements/${name}.txt`, import.meta.url), "utf8");
  const version = await pythonVersion();
  if (version instanceof Error) return orSkip(version);
  const id = createHash("sha256").update(`${version}\n${requirements}`).digest("hex").slice(0, 16);
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "larder", `venv-${id}`);
  const venv = { python: join(folder, "bin", "python"), bin: join(folder, "bin") };
  const isComplete = () =>
    access(join(folder, "complete")).then(
      () => true,
      () => false,
    );
  if (await isComplete()) return venv;
  const makeOnce = async () => ((await isComplete()) ? undefined : make(folder, requirements));
  try {
    await underFileLock(`${folder}.lock`, makeOnce, PATIENCE_MS);
    return venv;
  } catch (cause) {
    return orSkip(new Error(`the Python packages cannot be installed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause }));
  }
}

async function make(folder: string, requirements: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const list = join(folder, "requirements.txt");
  await writeFile(list, requirements);
  const limits = { timeout: PATIENCE_MS, maxBuffer: 16 * 1_048_576 };
  await run(PYTHON, ["-m", "venv", folder], limits);
  // What is imported is compiled at its first import: compiling all of it takes longer than installing it.
  const options = ["--quiet", "--no-deps", "--no-compile", "--no-input", "--disable-pip-version-check"];
  await run(join(folder, "bin", "python"), ["-m", "pip", "install", ...options, "-r", list], limits);
  await writeFile(join(folder, "complete"), "");
}

/** Its version, or why it cannot make an environment. */
async function pythonVersion(): Promise<string | Error> {
  try {
    const { stdout } = await run(PYTHON, ["-c", "import ensurepip, sys, venv; print(sys.version)"]);
    return stdout.trim();
  } catch (error) {
    return new Error(`${PYTHON} with its venv module is not installed (apt-get install python3-venv)`, { cause: error });
  }
}

function orSkip(reason: Error): null {
  if (process.env.CI) throw reason;
  process.stderr.write(`skipped: ${reason.message}\n`);
  return null;
}
