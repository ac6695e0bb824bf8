import { createReadStream } from "node:fs";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { LarderError } from "../../kit/index.ts";
import { isFinished, type Run } from "../../runs/index.ts";
import { openResult, TRAINING_SET } from "../../training/index.ts";
import { document, schemas } from "../api-schemas.ts";
import type { HttpDeps, RouteOptions } from "../port.ts";

/** How far a run is, and what it made. */
export function runRoutes(app: FastifyInstance, deps: HttpDeps, options: RouteOptions): void {
  const schema = document(options, { summary: "A run: its state, progress, receipt or error", answers: schemas.run, fails: [403, 404, 503] });
  app.get("/runs/:id", { schema }, async (request) => {
    const { id, project } = named(request);
    const run = await deps.training.runLog.get(id);
    if (!run || (project !== null && run.project !== project)) throw new LarderError("not_found", `There is no run ${id}.`);
    await deps.training.authorizer.authorize({ actor: deps.actor, action: "discover", resource: { project: run.project, kind: "run", name: id, team: null } });
    return runDocument(run);
  });

  const download = document(options, {
    summary: "The file that a run made, as Parquet or CSV (?format=csv)",
    answers: { type: "string", format: "binary" },
    fails: [400, 403, 404, 409, 503],
  });
  app.get("/runs/:id/download", { schema: download }, async (request, reply) => {
    const { id, project } = named(request);
    const { format = "parquet" } = request.query as { readonly format?: string };
    if (format !== "parquet" && format !== "csv") throw new LarderError("invalid_argument", "format: expected parquet or csv.");
    const result = await openResult(deps.training, { actor: deps.actor, project, run: id, format });
    const content = createReadStream(result.path);
    content.once("close", () => void result.dispose());
    return reply
      .header("content-type", result.contentType)
      .header("content-length", result.bytes)
      .header("content-disposition", `attachment; filename="${result.fileName}"`)
      .header("etag", `"${result.checksum}-${format}"`)
      .send(content);
  });
}

function named(request: FastifyRequest): { readonly id: string; readonly project: string | null } {
  const { id, project } = request.params as { readonly id: string; readonly project?: string };
  return { id, project: project ?? null };
}

function runDocument(run: Run): object {
  const { id, group, project, kind, subject, state, progress, receipt, error, waitingFor, createdAt, startedAt, finishedAt } = run;
  const hasFile = kind === TRAINING_SET && state === "succeeded";
  return {
    run: id,
    group,
    project,
    kind,
    subject,
    state,
    finished: isFinished(state),
    progress,
    waiting_for: waitingFor,
    receipt,
    error,
    created_at: createdAt,
    started_at: startedAt,
    finished_at: finishedAt,
    download: hasFile ? `/runs/${id}/download` : null,
  };
}
