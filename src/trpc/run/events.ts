import { projectProcedure } from "../init.ts";
import { runInput } from "./run-input.ts";

const EVENTS_MAX = 1_000;

/** The last events of a run in order: states, progress, log lines. */
export const listRunEvents = projectProcedure.input(runInput).query(({ ctx, input }) => ctx.runtime.runLog.events(input.run, EVENTS_MAX));
