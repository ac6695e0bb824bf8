import { LarderError } from "../../kit/index.ts";
import { judgeParity, PARITY_SPAN_MICROS, type ParityCount, type ParityFound } from "../../monitor/index.ts";
import { viewResource, whyNoValues } from "../authorize.ts";
import { type ProjectContext, projectProcedure } from "../init.ts";
import { viewInput } from "../view/view-input.ts";
import { comparedOf, daysAgo, shownSampling } from "./shown-parity.ts";

const DAYS = 29; // and today
const EXAMPLES = 20;
/** What is worth a look: the wrong ones, and those that may be. */
const SHOWN: readonly ParityFound[] = ["mismatch", "cannot_tell", "not_in_history", "arrived_later", "not_yet_online"];

/** What serving kept of one view's answers, and what comparing it with the history found, feature by feature and day by day. */
export const getViewParity = projectProcedure.input(viewInput).query(async ({ ctx, input: { view } }) => {
  const { runtime, project } = ctx;
  const definition = await runtime.registry.definition(project.name, "feature_view", view);
  if (definition?.definition.kind !== "feature_view") throw new LarderError("not_found", `There is no feature view ${view} in ${project.name}.`);
  const now = runtime.clock.now();
  const since = now - PARITY_SPAN_MICROS;
  const [settings, served, counts, recent, waiting, examples] = await Promise.all([
    runtime.servedSamples.settings(project.name),
    runtime.servedSamples.counts(project.name, since, [view]),
    runtime.parityStore.counts({ project: project.name, from: daysAgo(now, DAYS), view, of: "rows_and_features" }),
    runtime.parityStore.recent(project.name, since, [view]),
    runtime.parityStore.waitingCounts(project.name),
    readExamples(ctx, definition.definition),
  ]);
  const setting = settings.find((one) => one.view === view);
  return {
    view,
    online: definition.definition.online,
    sampling: { ...shownSampling(setting ?? { rate: null, rowsPerSecondMax: null }), by: setting?.updatedBy ?? null, at: setting?.updatedAt ?? null },
    keptDay: served[0]?.samples ?? 0,
    waiting: waiting.get(view) ?? 0,
    verdict: judgeParity(recent[0] ?? { compared: 0, mismatches: 0 }),
    recent: recent[0] ?? null,
    found: sumOf(counts.filter(({ feature }) => feature === "")),
    features: featuresOf(counts, definition.definition.features),
    days: [
      ...Map.groupBy(
        counts.filter(({ feature }) => feature === ""),
        ({ day }) => day.getTime(),
      ),
    ].map(([day, own]) => ({
      day: new Date(day),
      ...comparedOf(sumOf(own)),
    })),
    examples,
  };
});

function featuresOf(counts: readonly ParityCount[], fields: readonly { readonly name: string; readonly type: string }[]) {
  const byFeature = Map.groupBy(counts, ({ feature }) => feature);
  const shown = fields.map(({ name, type }) => ({ feature: name, type, ...comparedOf(sumOf(byFeature.get(name) ?? [])) }));
  return shown.sort((a, b) => b.mismatches - a.mismatches || (a.feature < b.feature ? -1 : 1));
}

function sumOf(counts: readonly ParityCount[]): Partial<Record<ParityFound, number>> {
  const sums: Partial<Record<ParityFound, number>> = {};
  for (const { found, samples } of counts) sums[found] = (sums[found] ?? 0) + samples;
  return sums;
}

type View = Parameters<typeof viewResource>[0];

/** Served values are values: who may not read them is told so, and sees the figures. */
async function readExamples(ctx: ProjectContext, view: View) {
  const denied = await whyNoValues(ctx, viewResource(view));
  if (denied !== null) return { denied, rows: [] };
  const rows = await ctx.runtime.parityStore.examples({ project: ctx.project.name, view: view.name, found: SHOWN, limit: EXAMPLES });
  const types = new Map(view.features.map(({ name, type }) => [name, type]));
  return {
    denied: null,
    rows: rows.map(({ features, values, history, ...row }) => ({
      ...row,
      historyEvent: history?.event ?? null,
      historyCreated: history?.created ?? null,
      cells: features.flatMap((feature, index) =>
        row.differing.includes(feature)
          ? [{ feature, type: types.get(feature) ?? "string", served: values?.[index] ?? null, history: history?.values[index] ?? null }]
          : [],
      ),
    })),
  };
}
