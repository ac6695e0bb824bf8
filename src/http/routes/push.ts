import type { FastifyInstance, FastifyReply } from "fastify";
import { LarderError } from "../../kit/index.ts";
import { pushRows, type WriteResult, writeToOnlineStore } from "../../serve/index.ts";
import { document, schemas } from "../api-schemas.ts";
import { pushBody, readBody, writeToOnlineStoreBody } from "../bodies.ts";
import { errorBody } from "../http-error.ts";
import type { HttpDeps, RouteOptions } from "../port.ts";
import { projectOf } from "../project-of.ts";

export function pushRoutes(app: FastifyInstance, deps: HttpDeps, options: RouteOptions): void {
  const fails = [400, 403, 404, 409, 413, 422, 503];
  const push = document(options, { summary: "Push rows into the views of a push source", body: pushBody, answers: schemas.written, fails });
  app.post("/push", { schema: push }, async (request, reply) => {
    const body = readBody(pushBody, request.body);
    const result = await pushRows(deps.serve, {
      actor: deps.actor,
      project: await projectOf(request, deps),
      pushSource: body.push_source_name,
      rows: body.df,
      to: body.to,
      isFresh: !body.allow_registry_cache,
      isTransformed: body.transform_on_write,
    });
    return answer(reply, result);
  });

  const write = document(options, { summary: "Write rows of one view as they are", body: writeToOnlineStoreBody, answers: schemas.written, fails });
  app.post("/write-to-online-store", { schema: write }, async (request, reply) => {
    const body = readBody(writeToOnlineStoreBody, request.body);
    const result = await writeToOnlineStore(deps.serve, {
      actor: deps.actor,
      project: await projectOf(request, deps),
      view: body.feature_view_name,
      rows: body.df,
      isFresh: !body.allow_registry_cache,
    });
    return answer(reply, result);
  });
}

/** Some rows accepted, or none left to reject: 200; every row rejected: 422 that says why the first one was. */
function answer(reply: FastifyReply, { accepted, rejected }: WriteResult): unknown {
  const [first] = rejected;
  if (accepted > 0 || first === undefined) return { accepted, rejected };
  const error = new LarderError("invalid_argument", `No row was accepted. Row ${first.row}, ${first.field}: ${first.reason}.`, {
    hint: "Times are ISO 8601; naive times are UTC.",
  });
  reply.code(422);
  return { ...errorBody(error), accepted, rejected };
}
