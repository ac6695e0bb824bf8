import { projectProcedure } from "../init.ts";
import { viewInput } from "../view/view-input.ts";
import { shownFrom, toShownQuality } from "./shown-quality.ts";

/** The last 30 days of one view, with what was counted of each feature; null: nobody looked yet. */
export const getViewQuality = projectProcedure.input(viewInput).query(async ({ ctx, input: { view } }) => {
  const { runtime, project } = ctx;
  const [look] = await runtime.qualityStore.looks(project.name, [view]);
  if (look === undefined) return null;
  const windows = await runtime.qualityStore.windows(project.name, [view], shownFrom([look]));
  return { ...toShownQuality(look, windows), features: windows.at(-1)?.features ?? [] };
});
