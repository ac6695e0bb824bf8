import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";

const DESCRIPTION = `The newest feature values by HTTP, in the words of Feast's feature server.

A request is about the project of its path (\`/p/<project>/get-online-features\`), else of its header \`Larder-Project\`, else the default, else the only one.
int64 values are plain digits of any length; NaN and the infinities are the strings "NaN", "Infinity" and "-Infinity"; times are ISO 8601, UTC where no zone is given.`;

/** Everything the page loads comes from this server. */
const CONTENT_SECURITY = {
  "default-src": ["'none'"],
  "connect-src": ["'self'"],
  "script-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:"],
  "font-src": ["'self'", "data:"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
};

/** GET /openapi.json, and a page that reads it at /docs. Before the routes, so that it sees them. */
export async function registerApiDocument(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: { openapi: "3.1.0", info: { title: "Larder", description: DESCRIPTION, version: "1" }, servers: [] },
  });
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: CONTENT_SECURITY,
    theme: { title: "Larder API" },
    uiConfig: { docExpansion: "list" },
  });
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
}
