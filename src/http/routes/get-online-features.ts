import type { FastifyInstance } from "fastify";
import { getOnlineFeatures } from "../../serve/index.ts";
import { document, schemas } from "../api-schemas.ts";
import { getOnlineFeaturesBody, readBody } from "../bodies.ts";
import type { HttpDeps, RouteOptions } from "../port.ts";
import { projectOf } from "../project-of.ts";

export function getOnlineFeaturesRoute(app: FastifyInstance, deps: HttpDeps, options: RouteOptions): void {
  const schema = document(options, {
    summary: "The newest feature values of some entities",
    body: getOnlineFeaturesBody,
    answers: schemas.onlineFeatures,
    fails: [400, 403, 404, 503],
  });
  app.post("/get-online-features", { schema }, async (request, reply) => {
    const body = readBody(getOnlineFeaturesBody, request.body);
    const service = body.feature_service || undefined;
    const text = await getOnlineFeatures(deps.serve, {
      actor: deps.actor,
      project: await projectOf(request, deps),
      entities: body.entities,
      fullFeatureNames: body.full_feature_names,
      namesVersions: body.include_feature_view_version_metadata,
      ...(service === undefined ? { features: body.features ?? [] } : { service, ...(body.features?.length ? { features: body.features } : {}) }),
    });
    reply.header("content-type", "application/json; charset=utf-8");
    return text;
  });
}
