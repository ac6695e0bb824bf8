import { projectProcedure } from "../init.ts";
import { viewInput } from "../view/view-input.ts";
import { shownFrom, toShownQuality } from "./shown-quality.ts";

/** The last 30 days of one view, with what was counted of each feature, never the values themselves; null: nobody looked yet. */
export const getViewQuality = projectProcedure.input(viewInput).query(async ({ ctx, input: { view } }) => {
  const { runtime, project } = ctx;
  const [look] = await runtime.qualityStore.looks(project.name, [view]);
  if (look === undefined) return null;
  const windows = await runtime.qualityStore.windows(project.name, [view], shownFrom([look]));
  const features = (windows.at(-1)?.features ?? []).map(({ feature, nulls, categories, broken }) => ({
    feature,
    nulls,
    categories: categories?.length ?? null,
    broken: broken.map(({ expectation, rows }) => ({ expectation, rows })),
  }));
  return { ...toShownQuality(look, windows), features };
});
