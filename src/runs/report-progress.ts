import type { RunProgress } from "./port.ts";

const REPORT_EVERY_MS = 400;

/** Turns counts into progress with rate and time left, and reports it a few times a second at most. */
export interface ProgressReporter {
  begin(stage: string, of: { readonly total: number | null; readonly unit: string; readonly done?: number }): void;
  /** `done` counts from the stage's zero. */
  advance(done: number): Promise<void>;
}

export function progressReporter(report: (progress: RunProgress) => Promise<void>, nowMs: () => number = () => performance.now()): ProgressReporter {
  let stage = { name: "", total: null as number | null, unit: "", startedMs: 0, startedAt: 0 };
  let reportedMs = Number.NEGATIVE_INFINITY;

  return {
    begin(name, { total, unit, done = 0 }) {
      stage = { name, total, unit, startedMs: nowMs(), startedAt: done };
      reportedMs = Number.NEGATIVE_INFINITY;
    },
    async advance(done) {
      const now = nowMs();
      const isLast = done === stage.total;
      if (!isLast && now - reportedMs < REPORT_EVERY_MS) return;
      reportedMs = now;
      const seconds = (now - stage.startedMs) / 1000;
      const perSecond = seconds > 0.05 ? (done - stage.startedAt) / seconds : null;
      const secondsLeft = perSecond && stage.total !== null ? (stage.total - done) / perSecond : null;
      await report({ stage: stage.name, done, total: stage.total, unit: stage.unit, perSecond, secondsLeft });
    },
  };
}
