import type { Outputs } from "../shell/trpc.ts";

type RunEvent = Outputs["run"]["events"][number];
type Progress = NonNullable<Outputs["run"]["get"]["progress"]>;

export interface RatePoint {
  readonly seconds: number; // since the first start
  readonly stage: string;
  readonly unit: string;
  readonly done: number;
  readonly perSecond: number;
}

/** The pace of a run over time, from its progress events: what was done between two of them, so that a pause shows as zero and not as an average. */
export function ratePoints(events: readonly RunEvent[], startedAtMs: number): readonly RatePoint[] {
  const points: RatePoint[] = [];
  let before: { readonly atMs: number; readonly progress: Progress } | null = null;
  for (const event of events) {
    const progress = event.type === "progress" ? readProgress(event.body) : null;
    if (!progress) continue;
    const atMs = Number(event.at);
    const goesOn = before !== null && before.progress.stage === progress.stage && progress.done >= before.progress.done && atMs > before.atMs;
    const perSecond = goesOn && before ? ((progress.done - before.progress.done) * 1_000) / (atMs - before.atMs) : (progress.perSecond ?? 0);
    points.push({ seconds: Math.max(0, (atMs - startedAtMs) / 1_000), stage: progress.stage, unit: progress.unit, done: progress.done, perSecond });
    before = { atMs, progress };
  }
  return points;
}

/** Events are written by the run log, but their bodies travel untyped. */
function readProgress(body: unknown): Progress | null {
  if (typeof body !== "object" || body === null) return null;
  const { stage, done, unit } = body as Record<string, unknown>;
  return typeof stage === "string" && typeof done === "number" && typeof unit === "string" ? (body as Progress) : null;
}
