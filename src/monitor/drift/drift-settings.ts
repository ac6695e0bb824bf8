import { z } from "zod";
import type { ViewVersion } from "../../domain/index.ts";
import { canonicalJson, type Json, tryParseTimestamp } from "../../kit/index.ts";
import { VERDICT_RULE, type VerdictRule } from "../statistics/judge-features.ts";
import { WINDOW_SECONDS } from "./windows.ts";

/*
 * How the drift of a view is judged. People choose some of it; what they leave open follows the view. These settings are operational state:
 * they live beside the definitions, and a change of what windows are compared by judges them anew.
 */

const time = z.string().refine((text) => tryParseTimestamp(text) !== null, "is no timestamp");
const share = z.number().min(0).max(1);

const baselineSchema = z.discriminatedUnion("kind", [
  /** The first window with enough rows that the source has whole. */
  z.object({ kind: z.literal("first_window") }),
  z.object({ kind: z.literal("window"), start: time, end: time }),
  /** The result of a training set that has features of the view. */
  z.object({ kind: z.literal("training_set"), name: z.string().min(1).max(200) }),
  z.object({ kind: z.literal("previous_window") }),
  /** The same hours of so many past weeks, for what changes with the hour or the day. */
  z.object({ kind: z.literal("same_hours"), weeks: z.number().int().min(1).max(8) }),
]);

export type BaselineChoice = z.infer<typeof baselineSchema>;

export const driftSettingsSchema = z.object({
  isOn: z.boolean(),
  /** Null: a day, or a week for a view that is renewed more seldom. */
  windowSeconds: z.literal(WINDOW_SECONDS).nullable(),
  /** What is judged: rows of the source, or values as they were served. */
  values: z.enum(["offline", "served"]),
  baseline: baselineSchema,
  rule: z.object({
    rowsMin: z.number().int().min(10).max(10_000_000),
    pMax: share,
    psiMin: z.number().min(0).max(100),
    wassersteinSdMin: z.number().min(0).max(100),
  }),
  /** Features that are not judged. */
  ignored: z.array(z.string().max(200)).max(10_000),
});

export type DriftSettings = z.infer<typeof driftSettingsSchema>;

export const DEFAULT_DRIFT_SETTINGS: DriftSettings = {
  isOn: true,
  windowSeconds: null,
  values: "offline",
  baseline: { kind: "first_window" },
  rule: VERDICT_RULE satisfies VerdictRule,
  ignored: [],
};

const [DAY, WEEK] = [86_400, 604_800];
/** A view renewed more seldom than this has days without rows. */
const DAILY_AT_MOST = 1.5 * DAY;

/** The length of windows where none is chosen: by what the view is renewed in. */
export function defaultWindowSeconds(intervalSeconds: number | null): number {
  return (intervalSeconds ?? 0) > DAILY_AT_MOST ? WEEK : DAY;
}

/** Text that is equal exactly when windows may be compared with each other: thresholds are not part of it. */
export function judgingKey(
  { versionId }: Pick<ViewVersion, "versionId">,
  { values, baseline, ignored, windowSeconds: chosen }: DriftSettings,
  windowSeconds: number,
): string {
  return canonicalJson({ versionId, values, baseline, windowSeconds, isChosen: chosen !== null, ignored: ignored.toSorted() } as unknown as Json);
}

/** Features of a version that are judged. */
export function judgedFeatures({ features }: Pick<ViewVersion, "features">, { ignored }: DriftSettings): readonly string[] {
  return features.map(({ name }) => name).filter((name) => !ignored.includes(name));
}
