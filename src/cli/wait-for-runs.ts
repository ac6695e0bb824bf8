import { setTimeout as sleep } from "node:timers/promises";
import cliProgress from "cli-progress";
import { isLarderError } from "../kit/index.ts";
import { isFinished, type Run } from "../runs/index.ts";
import type { Runtime } from "../runtime/index.ts";
import { startWorker, type Worker } from "../worker/index.ts";
import { count, type Output } from "./output.ts";

const POLL_MS = 250;

export interface WaitOptions {
  readonly ids: readonly string[];
  readonly detach: boolean;
}

/** Follows runs to their end with a progress bar per run, and gives them as they ended; with `detach`, as they are now. */
export async function waitForRuns(runtime: Runtime, output: Output, { ids, detach }: WaitOptions): Promise<readonly Run[]> {
  if (ids.length === 0) return [];
  const hasWorker = (await runtime.jobs.liveWorkers()) > 0;
  if (detach) {
    if (!hasWorker) output.note("No worker is running: the runs wait until one is (larder up, or larder worker).");
    return readRuns(runtime, ids);
  }
  if (!hasWorker) output.note("No worker is running: this command works on it itself.");
  const worker = hasWorker ? null : await startWorker(runtime);
  try {
    return await followToEnd(runtime, output, ids);
  } finally {
    await stop(worker);
  }
}

async function stop(worker: Worker | null): Promise<void> {
  await worker?.stop();
}

async function followToEnd(runtime: Runtime, output: Output, ids: readonly string[]): Promise<readonly Run[]> {
  const view = output.isTerminal && !output.json ? progressBars() : progressLines(output);
  const leave = interruptNote(output, ids);
  try {
    for (;;) {
      const runs = await readRuns(runtime, ids);
      for (const run of runs) view.show(run);
      if (runs.length > 0 && runs.every(({ state }) => isFinished(state))) return runs;
      await sleep(POLL_MS);
    }
  } finally {
    view.end();
    leave();
  }
}

/** The database may be restarting: the runs wait for it, and so do we. */
async function readRuns(runtime: Runtime, ids: readonly string[]): Promise<readonly Run[]> {
  try {
    const runs = await Promise.all(ids.map((id) => runtime.runLog.get(id)));
    return runs.filter((run) => run !== null);
  } catch (error) {
    if (isLarderError(error, "unavailable")) return [];
    throw error;
  }
}

/** Ctrl-C leaves the runs to the workers and says how to go on. */
function interruptNote(output: Output, ids: readonly string[]): () => void {
  const onInterrupt = () => {
    output.note(`\nLeft. The work goes on in a worker: larder runs show ${ids[0]}, larder runs cancel ${ids[0]}`);
    process.exit(130);
  };
  process.once("SIGINT", onInterrupt);
  return () => process.removeListener("SIGINT", onInterrupt);
}

interface ProgressView {
  show(run: Run): void;
  end(): void;
}

function progressBars(): ProgressView {
  const format = "{view} {bar} {percentage}% {detail}";
  const bars = new cliProgress.MultiBar({ format, hideCursor: true, clearOnComplete: false, stream: process.stderr, barsize: 28 }, cliProgress.Presets.rect);
  const byRun = new Map<string, cliProgress.SingleBar>();
  return {
    show(run) {
      const bar = byRun.get(run.id) ?? bars.create(1, 0, { view: nameOf(run), detail: "" });
      byRun.set(run.id, bar);
      const total = run.progress?.total ?? null;
      bar.setTotal(total === null || total === 0 ? 1 : total);
      bar.update(isFinished(run.state) ? bar.getTotal() : (run.progress?.done ?? 0), { view: nameOf(run), detail: detailOf(run) });
    },
    end: () => bars.stop(),
  };
}

function progressLines(output: Output): ProgressView {
  const said = new Map<string, string>();
  return {
    show(run) {
      const text = `${nameOf(run)}: ${run.state === "running" ? (run.waitingFor ? `waiting for ${run.waitingFor}` : (run.progress?.stage ?? "running")) : run.state}`;
      if (said.get(run.id) === text) return;
      said.set(run.id, text);
      output.note(text);
    },
    end() {},
  };
}

function nameOf(run: Run): string {
  return run.subject.replace(/^\w+:/, "");
}

function detailOf({ state, waitingFor, progress }: Run): string {
  if (state !== "running") return state;
  if (waitingFor) return `waiting for ${waitingFor}`;
  if (!progress) return "starting";
  const rate = progress.perSecond === null ? "" : ` ${count(Math.round(progress.perSecond))} ${progress.unit}/s`;
  const left = progress.secondsLeft === null ? "" : ` ${Math.ceil(progress.secondsLeft)} s left`;
  return `${progress.stage}${rate}${left}`;
}
