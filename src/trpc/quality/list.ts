import { z } from "zod";
import { projectProcedure } from "../init.ts";
import { shownFrom, toShownQuality } from "./shown-quality.ts";

const input = z.object({
  text: z.string().max(200).default(""),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

/** What rows are like: views whose newest day is bad first, each with its last 30 days. */
export const listQuality = projectProcedure.input(input).query(async ({ ctx, input: { text, page, pageSize } }) => {
  const { runtime, project } = ctx;
  const found = await runtime.qualityStore.listLooks({ project: project.name, text: text.trim(), page, pageSize });
  const views = found.rows.map(({ view }) => view);
  const verdicts = Map.groupBy(await runtime.qualityStore.verdicts(project.name, views, shownFrom(found.rows)), ({ view }) => view);
  return { ...found, rows: found.rows.map((look) => toShownQuality(look, verdicts.get(look.view) ?? [])) };
});
