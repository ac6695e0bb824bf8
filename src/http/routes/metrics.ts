import type { FastifyInstance } from "fastify";
import type { HttpDeps } from "../port.ts";

export function metricsRoute(app: FastifyInstance, { metrics }: HttpDeps): void {
  const schema = { summary: "Figures for Prometheus", tags: ["operations"], response: { 200: { type: "string" } } };
  app.get("/metrics", { schema }, async (_request, reply) => {
    reply.header("content-type", metrics.contentType);
    return metrics.text();
  });
}
