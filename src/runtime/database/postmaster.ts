import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The first process of a running PostgreSQL, as its `postmaster.pid` tells. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** The living server of this data folder; null where there is none, or where the file names a process that is not it. */
export function readPostmaster(data: string): Postmaster | null {
  const lines = readPidFile(data);
  const pid = Number(lines[0]);
  if (!isAlive(pid) || !commandOf(pid).includes(data)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/** Whether the folder's file names a living process that is another program: the system gave the number of a dead server away. */
export function pidWasReused(data: string): boolean {
  const pid = Number(readPidFile(data)[0]);
  return isAlive(pid) && !commandOf(pid).includes(data);
}

/** Whether the process runs; one that ended counts as gone even where nobody collects it, as in a container without an init. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return !/^State:\s+Z/m.test(readOr(`/proc/${pid}/status`, ""));
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return otherwise;
  }
}

/** Stops a server: open connections are cut, everything committed is kept. After `patienceMs` it is made to quit, and recovers at its next start. */
export async function stopPostmaster(pid: number, patienceMs = 15_000): Promise<void> {
  signal(pid, "SIGINT");
  if (await gone(pid, patienceMs)) return;
  signal(pid, "SIGQUIT");
  if (await gone(pid, 5_000)) return;
  signal(pid, "SIGKILL");
  await gone(pid, 5_000);
}

async function gone(pid: number, patienceMs: number): Promise<boolean> {
  for (const giveUpAt = Date.now() + patienceMs; isAlive(pid); ) {
    if (Date.now() > giveUpAt) return false;
    await sleep(10);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // gone already
  }
}

function readPidFile(data: string): string[] {
  return readOr(join(data, "postmaster.pid"), "").split("\n");
}

function commandOf(pid: number): string {
  if (existsSync("/proc/self/cmdline")) return readOr(`/proc/${pid}/cmdline`, "");
  try {
    return execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" });
  } catch {
    return "";
  }
}
