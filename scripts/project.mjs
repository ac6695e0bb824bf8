// What every script shares: where the project is, and how its own Node 24 and tools are run. Plain JavaScript: it works under Node 20 and without npm packages.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
export const projectNode = join(root, "node_modules/.bin/node");

/** The environment in which `node` and every tool are the project's own, and Prisma asks nobody for anything. */
export const projectEnv = {
  ...process.env,
  PATH: [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter),
  PRISMA_SCHEMA_ENGINE_BINARY: join(root, "scripts/no-schema-engine.sh"),
  CHECKPOINT_DISABLE: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  // Node keeps what it made of the TypeScript: commands start in half the time.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, "node_modules/.cache/node"),
};

export const say = (line) => process.stderr.write(`${line}\n`);

/** Whether this module is the program that was started. */
export const isMain = (meta) => Boolean(process.argv[1]) && meta.url === pathToFileURL(process.argv[1]).href;

/** What runs gets our signals and says how it ended; Ctrl-C it has had from the terminal itself. */
const running = new Set();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(name, () => {
    if (running.size === 0) process.exit(128 + constants.signals[name]);
    if (!(name === "SIGINT" && process.stdin.isTTY)) for (const child of running) child.kill(name);
  });
}

/**
 * Runs a program in the project's root, its output streamed (or kept: `capture: true`); resolves with exit code and output.
 * A program that a signal ended counts as 128 + its number, as in a shell.
 */
export function run(command, args, { env = projectEnv, capture = false, stdio = ["ignore", "inherit", "inherit"], cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: capture ? ["ignore", "pipe", "pipe"] : stdio });
    running.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => {
      running.delete(child);
      reject(error);
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      resolve({ code: code ?? 128 + constants.signals[signal], output });
    });
  });
}

/** Becomes `node args…` under the project's Node: this very process where Node can do that (no wrapper to kill), else a child with our terminal, signals and exit code. */
export async function becomeProjectNode(args) {
  if (!existsSync(projectNode)) {
    say("Larder is not set up here yet: run `npm run setup` in its folder once.");
    process.exit(1);
  }
  if (process.execve && process.platform !== "win32") process.execve(projectNode, [projectNode, ...args], projectEnv);
  const { code } = await run(projectNode, args, { stdio: "inherit", cwd: process.cwd() });
  process.exit(code);
}
