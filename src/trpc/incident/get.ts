import { LarderError } from "../../kit/index.ts";
import { type Incident, viewOfSubject } from "../../monitor/index.ts";
import { whyNoValues } from "../authorize.ts";
import { requireSnapshot } from "../definitions.ts";
import { type ProjectContext, projectProcedure } from "../init.ts";
import { toShownRun } from "../run/shown-run.ts";
import { incidentInput } from "./incident-input.ts";
import { partOf, toShownIncident } from "./shown-incident.ts";

const RUNS_AROUND = 10;

/** An incident with its timeline, and the newest runs of its view. */
export const getIncident = projectProcedure.input(incidentInput).query(async ({ ctx, input }) => {
  const { runtime, project } = ctx;
  const found = await runtime.incidents.get(project.name, input.incident);
  if (found === null)
    throw new LarderError("not_found", `There is no incident ${input.incident} in ${project.name}.`, { hint: "The incidents page lists them." });
  const incident = toShownIncident(found);
  const [timeline, part, runs] = await Promise.all([
    runtime.incidents.timeline(incident.id),
    readPart(ctx, found),
    runtime.runLog.list({ project: project.name, subject: `feature_view:${viewOfSubject(incident.subject)}`, page: 1, pageSize: RUNS_AROUND }),
  ]);
  return { incident, timeline, part, runs: runs.rows.map(toShownRun) };
});

/** Parts are told by entity keys and values: who may not read those sees the shares alone. */
async function readPart(ctx: ProjectContext, incident: Incident) {
  const found = partOf(incident);
  if (found === null) return null;
  const name = viewOfSubject(incident.subject);
  const definition = (await requireSnapshot(ctx)).views.get(name)?.view;
  const denied = await whyNoValues(ctx, { kind: "feature_view", name, team: definition === undefined ? incident.team : definition.team });
  return { ...found, label: denied === null ? found.label : null, denied };
}
