import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";

/** A process that a bench started. */
export interface Started {
  readonly pid: number;
  /** What it wrote to stderr last, for messages. */
  said(): string;
  /** Peak resident memory in MB since the start or the last `resetPeak`; NaN where the system does not tell (not Linux). */
  peakMb(): number;
  resetPeak(): void;
  /** Processor time used so far, user and system; NaN where the system does not tell. */
  processorSeconds(): number;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Resolves when the process is ready to be measured; tried again and again until it is true. */
  readonly isReady: (said: string) => Promise<boolean> | boolean;
}

const READY_MS_MAX = 60_000;
const STOP_MS_MAX = 10_000;

/** Starts `node args…` and waits until it is ready. */
export async function startNode({ args, env = process.env, isReady }: StartOptions): Promise<Started> {
  const child = spawn(process.execPath, [...args], { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said = `${said}${chunk}`.slice(-20_000)));
  const giveUpAt = Date.now() + READY_MS_MAX;
  while (!(await isReady(said))) {
    if (child.exitCode !== null || Date.now() > giveUpAt) {
      child.kill("SIGKILL");
      throw new Error(`${args.join(" ")} did not get ready:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const pid = child.pid ?? 0;
  return {
    pid,
    said: () => said,
    peakMb: () => Number(/VmHWM:\s+(\d+) kB/.exec(readProc(pid, "status"))?.[1]) / 1_000,
    resetPeak() {
      try {
        writeFileSync(`/proc/${pid}/clear_refs`, "5");
      } catch {} // not Linux: peakMb says NaN there
    },
    processorSeconds() {
      const fields = readProc(pid, "stat").split(") ")[1]?.split(" ") ?? [];
      return (Number(fields[11]) + Number(fields[12])) / 100; // in hundredths of a second on every Linux
    },
    stop: () => endChild(child),
  };
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
  await exited;
  clearTimeout(timer);
}

/** Runs a program to its end and gives its stdout. Throws what it said when it fails. */
export async function runProgram(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = spawn(command, [...args], { env: options.env ?? process.env, stdio: [options.stdin ?? "ignore", "pipe", "pipe"] });
  let out = "";
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk));
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${said}${out}`);
  return out;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** A file descriptor to read from. */
  readonly stdin?: number;
}

/** Whether a server answers well at this address. */
export async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
