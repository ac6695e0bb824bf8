import { z } from "zod";
import { judgeParity, PARITY_SPAN_MICROS } from "../../monitor/index.ts";
import { projectProcedure } from "../init.ts";
import { comparedOf, daysAgo, shownSampling } from "./shown-parity.ts";

const input = z.object({
  text: z.string().max(200).default(""),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});
const DAYS = 6; // and today

/** Views that are served: how much of their answers is kept, and how it compares with the history over the last seven days. */
export const listParity = projectProcedure.input(input).query(async ({ ctx, input: { text, page, pageSize } }) => {
  const { runtime, project } = ctx;
  const now = runtime.clock.now();
  const since = now - PARITY_SPAN_MICROS;
  const found = await runtime.parityStore.overview({ project: project.name, from: daysAgo(now, DAYS), text: text.trim(), page, pageSize });
  const views = found.rows.map(({ view }) => view);
  const recent = new Map((await runtime.parityStore.recent(project.name, since, views)).map((one) => [one.view, one]));
  return {
    ...found,
    rows: found.rows.map(({ rate, rowsPerSecondMax, ...row }) => ({
      ...row,
      ...comparedOf(row.found),
      sampling: shownSampling({ rate, rowsPerSecondMax }),
      verdict: judgeParity(recent.get(row.view) ?? { compared: 0, mismatches: 0 }),
    })),
  };
});
