import type { FastifyInstance } from "fastify";
import { LarderError, parseTimestamp } from "../../kit/index.ts";
import { type MaterializeWindow, startMaterialize } from "../../materialize/index.ts";
import { document, schemas } from "../api-schemas.ts";
import { materializeBody, materializeIncrementalBody, readBody } from "../bodies.ts";
import type { HttpDeps, RouteOptions } from "../port.ts";
import { projectOf } from "../project-of.ts";

/** Both queue runs and answer with their ids; the workers do the work. */
export function materializeRoutes(app: FastifyInstance, deps: HttpDeps, options: RouteOptions): void {
  const fails = [400, 403, 404, 409, 422, 503];
  const range = document(options, { summary: "Copy a window of history to the online store", body: materializeBody, answers: schemas.startedRuns, fails });
  app.post("/materialize", { schema: range }, async (request) => {
    const body = readBody(materializeBody, request.body);
    refuseVersion(body.version);
    const window = body.disable_event_timestamp ? ({ kind: "everything" } as const) : rangeOf(body.start_ts, body.end_ts);
    return startMaterialize(deps.materialize, {
      actor: deps.actor,
      project: await projectOf(request, deps),
      views: body.feature_views ?? null,
      window,
      allowFailedChecks: body.allow_failed_checks,
    });
  });

  const incremental = document(options, {
    summary: "Copy what is new since the last run to the online store",
    body: materializeIncrementalBody,
    answers: schemas.startedRuns,
    fails,
  });
  app.post("/materialize-incremental", { schema: incremental }, async (request) => {
    const body = readBody(materializeIncrementalBody, request.body);
    refuseVersion(body.version);
    const window = { kind: "incremental", end: body.end_ts ? parseTimestamp(body.end_ts, "end_ts") : null } as const;
    return startMaterialize(deps.materialize, {
      actor: deps.actor,
      project: await projectOf(request, deps),
      views: body.feature_views ?? null,
      window,
      allowFailedChecks: body.allow_failed_checks,
    });
  });
}

function rangeOf(start: string | null | undefined, end: string | null | undefined): MaterializeWindow {
  if (!start || !end) {
    throw new LarderError("invalid_argument", `${start ? "end_ts" : "start_ts"} is missing: a window has both ends.`, {
      hint: "Send disable_event_timestamp: true for everything there is.",
    });
  }
  return { kind: "range", start: parseTimestamp(start, "start_ts"), end: parseTimestamp(end, "end_ts") };
}

function refuseVersion(version: string | null | undefined): void {
  if (version)
    throw new LarderError("not_built", "Materializing a chosen version is not built yet.", { hint: "Leave version out: the newest is materialized." });
}
