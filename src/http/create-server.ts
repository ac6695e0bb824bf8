import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from "fastify";
import { isLarderError, LarderError, stringifyJsonExact, toLarderError } from "../kit/index.ts";
import { registerApiDocument } from "./api-document.ts";
import { errorBody, statusOf } from "./http-error.ts";
import { parseJsonBody } from "./json-body.ts";
import { createOriginCheck } from "./known-origin.ts";
import type { HttpDeps } from "./port.ts";
import { registerRoutes } from "./register-routes.ts";

/** The serving process's HTTP server, not yet listening. Verbs do the work; this maps requests, answers and errors. */
export async function createServer(deps: HttpDeps): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: deps.bodyBytesMax, forceCloseConnections: "idle", exposeHeadRoutes: false });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body: Buffer, done) => {
    try {
      done(null, parseJsonBody(body));
    } catch (error) {
      done(toLarderError(error));
    }
  });
  // Schemas document the routes; bodies are read by the routes themselves, which say what is wrong in words.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => stringifyJsonExact(data));
  checkOrigins(app, deps);
  countAnswers(app, deps);
  mapErrors(app, deps);
  await registerApiDocument(app);
  await app.register(async (routes) => registerRoutes(routes, deps, { isListed: true }));
  await app.register(async (routes) => registerRoutes(routes, deps, { isListed: false }), { prefix: "/p/:project" });
  return app;
}

function checkOrigins(app: FastifyInstance, deps: HttpDeps): void {
  const check = createOriginCheck(deps);
  app.addHook("onRequest", (request, _reply, done) => {
    try {
      check(request.headers.host, request.headers.origin);
      done();
    } catch (error) {
      done(toLarderError(error));
    }
  });
}

function countAnswers(app: FastifyInstance, { metrics }: HttpDeps): void {
  app.addHook("onResponse", (request, reply, done) => {
    metrics.answered(request.routeOptions.url ?? "unknown", reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}

function mapErrors(app: FastifyInstance, { logger, bodyBytesMax }: HttpDeps): void {
  app.setErrorHandler((thrown: FastifyError | Error, request, reply) => {
    const { error, status } = fromFastify(thrown, bodyBytesMax) ?? ours(thrown);
    if (status >= 500) logger.error({ err: error.cause ?? error, route: request.routeOptions.url }, error.message);
    sendError(reply, error, status);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0];
    const isPost = app.hasRoute({ method: "POST", url: `${path}` });
    const error = new LarderError("not_found", `${request.method} ${path} is not a route of this server.`, {
      hint: isPost ? `${path} takes POST.` : "GET /docs lists what is.",
    });
    if (isPost) reply.header("allow", "POST");
    sendError(reply, error, isPost ? 405 : 404);
  });
}

interface Answered {
  readonly error: LarderError;
  readonly status: number;
}

function ours(thrown: Error): Answered {
  const error = toLarderError(thrown);
  return { error, status: statusOf(error) };
}

/** What Fastify itself refuses before a route sees it; null for everything else. */
function fromFastify(thrown: FastifyError | Error, bodyBytesMax: number): Answered | null {
  if (isLarderError(thrown) || !("statusCode" in thrown) || thrown.statusCode === undefined || thrown.statusCode >= 500) return null;
  const say = (message: string, hint?: string): Answered => ({
    error: new LarderError("invalid_argument", message, hint === undefined ? {} : { hint }),
    status: thrown.statusCode ?? 400,
  });
  if (thrown.statusCode === 413) return say(`The body is larger than ${bodyBytesMax / 1_048_576} MiB.`, "Send fewer rows per request.");
  if (thrown.statusCode === 415) return say("The body's content type is not JSON.", "Send content-type: application/json.");
  return say(`${thrown.message}.`);
}

function sendError(reply: FastifyReply, error: LarderError, status: number): void {
  if (status === 503) reply.header("retry-after", "1");
  reply.code(status).send(errorBody(error));
}
