import { LarderError } from "../../kit/index.ts";
import { viewOfSubject } from "../../monitor/index.ts";
import { projectProcedure } from "../init.ts";
import { toShownRun } from "../run/shown-run.ts";
import { incidentInput } from "./incident-input.ts";
import { toShownIncident } from "./shown-incident.ts";

const RUNS_AROUND = 10;

/** An incident with its timeline, and the newest runs of its view. */
export const getIncident = projectProcedure.input(incidentInput).query(async ({ ctx, input }) => {
  const { runtime, project } = ctx;
  const found = await runtime.incidents.get(project.name, input.incident);
  if (found === null)
    throw new LarderError("not_found", `There is no incident ${input.incident} in ${project.name}.`, { hint: "The incidents page lists them." });
  const incident = toShownIncident(found);
  const [timeline, runs] = await Promise.all([
    runtime.incidents.timeline(incident.id),
    runtime.runLog.list({ project: project.name, subject: `feature_view:${viewOfSubject(incident.subject)}`, page: 1, pageSize: RUNS_AROUND }),
  ]);
  return { incident, timeline, runs: runs.rows.map(toShownRun) };
});
