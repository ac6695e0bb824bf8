import type { FastifyInstance } from "fastify";
import { document, schemas } from "../api-schemas.ts";
import { checkReadiness } from "../check-readiness.ts";
import type { HttpDeps, RouteOptions } from "../port.ts";

export function healthRoutes(app: FastifyInstance, deps: HttpDeps, options: RouteOptions): void {
  const live = document(options, { summary: "Whether this process lives", answers: schemas.live, fails: [] });
  app.get("/health", { schema: live }, async () => ({ status: "live" }));

  const ready = document(options, { summary: "Whether this process can answer reads", answers: schemas.ready, fails: [503] });
  app.get("/health/ready", { schema: ready }, async (request, reply) => {
    const { project } = request.params as { readonly project?: string }; // of the prefix /p/:project
    const readiness = await checkReadiness(deps, project ?? deps.defaultProject);
    if (readiness.status !== "ready") reply.code(503).header("retry-after", "1");
    return readiness;
  });
}
