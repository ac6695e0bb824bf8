import { spawn } from "node:child_process";

/** A started project. Times are seconds since `npm start`. */
export interface NpmStarted {
  /** When `isThere` first said yes; asked over and over. Throws what the process said when it ends or takes too long. */
  secondsUntil(isThere: () => Promise<boolean>): Promise<number>;
  /** SIGTERM, as Ctrl-C; the seconds until nothing is left. */
  stop(): Promise<number>;
}

const PATIENCE_MS = 300_000;
const POLL_MS = 20;

export function npmStart(folder: string, env: NodeJS.ProcessEnv): NpmStarted {
  const startedAt = performance.now();
  const child = spawn("npm", ["start"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said = `${said}${chunk}`.slice(-20_000)));
  return {
    async secondsUntil(isThere) {
      while (!(await isThere())) {
        if (child.exitCode !== null || performance.now() - startedAt > PATIENCE_MS) throw new Error(`npm start in ${folder} did not get there:\n${said}`);
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
      return (performance.now() - startedAt) / 1_000;
    },
    async stop() {
      const stopping = performance.now();
      // npm itself goes at once: what it started is waited for.
      for (let signal: NodeJS.Signals | 0 = "SIGTERM"; tellGroup(child.pid, signal); signal = 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      return (performance.now() - stopping) / 1_000;
    },
  };
}

/** false: nobody is left in that process group. */
function tellGroup(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
