import { z } from "zod";
import { toDate } from "../../kit/index.ts";
import { requireSnapshot } from "../definitions.ts";
import { projectProcedure } from "../init.ts";
import { type ShownDriftState, toShownState } from "./shown-drift.ts";

const SHOWN_MAX = 50;
const input = z.object({ view: z.string().max(128).optional() });

/** Features by verdict, of all views or one; and how far judging has come: which views are not judged, and why. */
export const getDriftStatus = projectProcedure.input(input).query(async ({ ctx, input: { view } }) => {
  const { runtime, project } = ctx;
  const [counts, found, snapshot, workerSeenAt] = await Promise.all([
    runtime.driftStore.counts(project.name),
    view === undefined
      ? runtime.driftStore.states(project.name)
      : runtime.driftStore.state({ project: project.name, view }).then((state) => (state === null ? [] : [state])),
    requireSnapshot(ctx),
    runtime.heartbeats.last("worker"),
  ]);
  const states = new Map(found.map((state) => [state.view, state]));
  const views = [...snapshot.views.values()].filter(({ view: { name }, newest }) => newest.batchSource !== null && (view === undefined || name === view));
  const all = views.map(({ view: { name } }): ShownDriftState => toShownState(name, states.get(name) ?? null));
  const unjudged = all.filter(({ state }) => state !== "judged").sort((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state));
  return {
    counts,
    views: all.length,
    judged: all.length - unjudged.length,
    unjudged: unjudged.slice(0, SHOWN_MAX),
    workerSeenAt: toDate(workerSeenAt),
  };
});

const WORST: readonly ShownDriftState["state"][] = ["failing", "waiting", "off", "judged"];
