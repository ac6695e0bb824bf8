import { z } from "zod";
import { LarderError, toDate, toMicros } from "../../kit/index.ts";
import { DEFAULT_DRIFT_SETTINGS, dividingColumns, explainingColumns, explainShift } from "../../monitor/index.ts";
import { authorizeRead, viewResource } from "../authorize.ts";
import { type ProjectContext, projectProcedure } from "../init.ts";
import { newestVersion } from "../view/newest-version.ts";
import { driftFeatureInput, requireFeatureView } from "./drift-input.ts";

const EXPLAIN_MS_MAX = 60_000;
/** Rows of a window that a division shows; the rest is summed up by the page. */
const SEGMENTS_MAX = 60;
const FEATURES_MAX = 2_000;
const input = driftFeatureInput.extend({
  window: z.date(),
  /** Column to divide by; null: those that may explain the shift, the one that tells most first. */
  by: z.string().min(1).max(128).nullable().default(null),
});

/** Which part of the rows the shift of a feature comes from, in one window. Reads the rows of the window and of its baseline. */
export const explainDrift = projectProcedure.input(input).query(async ({ ctx, input: { window: start, by, ...about } }) => {
  const { runtime, project } = ctx;
  await authorizeRead(ctx, "read_values", viewResource(await requireFeatureView(ctx, about))); // parts are told by entity keys and values
  const key = { project: project.name, view: about.view };
  const [state, version] = await Promise.all([runtime.driftStore.state(key), newestVersion(ctx, about.view)]);
  const { windowSeconds, historyFrom } = state ?? {};
  if (!windowSeconds || historyFrom === null || historyFrom === undefined)
    throw new LarderError("failed_precondition", `The drift of ${about.view} is not judged yet.`);
  if (by !== null && !dividingColumns(version, about.feature).includes(by))
    throw new LarderError("invalid_argument", `Rows cannot be divided by ${by}.`, { hint: "Choose a join key or another feature of the view." });
  const judged = { project: project.name, version, settings: state?.chosen ?? DEFAULT_DRIFT_SETTINGS, windowSeconds, historyFrom };
  const from = toMicros(start);
  const shifts = await explainShift(runtime, judged, {
    window: { start: from, end: from + BigInt(windowSeconds) * 1_000_000n },
    feature: about.feature,
    by: by === null ? explainingColumns(version, await shiftingFirst(ctx, about.view))(about.feature) : [by],
    signal: AbortSignal.any([ctx.shutdown, AbortSignal.timeout(EXPLAIN_MS_MAX)]),
  });
  return {
    window: toDate(from),
    shifts: shifts.map(({ segments, ...shift }) => ({ ...shift, total: segments.length, segments: segments.slice(0, SEGMENTS_MAX) })),
  };
});

/** How the features of a view are now: those that drift or are watched come first. */
async function shiftingFirst({ runtime, project }: ProjectContext, view: string) {
  return (await runtime.driftStore.features({ project: project.name, view, page: 1, pageSize: FEATURES_MAX })).rows;
}
