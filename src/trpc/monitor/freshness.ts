import { z } from "zod";
import { judgeViews, SLO_DAYS, sloOf } from "../../monitor/index.ts";
import { projectProcedure } from "../init.ts";
import { hourSpans } from "./hour-spans.ts";
import { toShownFreshness, WORST_FIRST } from "./shown-view.ts";

const HOUR_MS = 3_600_000;
const NOTHING_SEEN = { onTime: 0, atRisk: 0, late: 0 };
const input = z.object({
  text: z.string().max(200).default(""),
  state: z.enum(WORST_FIRST).nullable().default(null),
  hours: z.union([z.literal(24), z.literal(72), z.literal(168)]).default(72),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

/** Views with how timely they are and were: an hour a cell, and the share of the last 30 days. The worst first. */
export const listFreshness = projectProcedure.input(input).query(async ({ ctx, input: { text, state, hours, page, pageSize } }) => {
  const { runtime, project } = ctx;
  const now = Number(runtime.clock.now() / 1_000n);
  const judged = (await judgeViews(runtime, project)).map(toShownFreshness);
  const wanted = text.trim().toLowerCase();
  const found = judged.filter((view) => view.view.toLowerCase().includes(wanted) && (state === null || view.state === state));
  found.sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state) || (a.view < b.view ? -1 : 1));
  const rows = found.slice((page - 1) * pageSize, page * pageSize);
  const first = Math.floor(now / HOUR_MS) * HOUR_MS - (hours - 1) * HOUR_MS;
  const query = { project: project.name, views: rows.map(({ view }) => view), span: "hour" } as const;
  const [samples, totals] = await Promise.all([
    runtime.monitorStore.freshnessSamples({ ...query, from: new Date(first) }),
    runtime.monitorStore.freshnessTotals({ ...query, from: new Date(now - SLO_DAYS * 24 * HOUR_MS) }),
  ]);
  const byView = Map.groupBy(samples, ({ view }) => view);
  return {
    total: found.length,
    page,
    pageSize,
    from: new Date(first),
    hours,
    rows: rows.map((row) => ({ ...row, spans: hourSpans(byView.get(row.view) ?? [], first), slo: sloOf([totals.get(row.view) ?? NOTHING_SEEN]) })),
  };
});
