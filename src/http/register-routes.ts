import type { FastifyInstance } from "fastify";
import type { HttpDeps } from "./port.ts";
import { getOnlineFeaturesRoute } from "./routes/get-online-features.ts";
import { healthRoutes } from "./routes/health.ts";
import { materializeRoutes } from "./routes/materialize.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { pushRoutes } from "./routes/push.ts";

/** Where a set of routes hangs: the listed one at the root, and the same again under /p/<project>. */
export interface RouteOptions {
  readonly isListed: boolean;
}

export function registerRoutes(app: FastifyInstance, deps: HttpDeps, options: RouteOptions): void {
  getOnlineFeaturesRoute(app, deps, options);
  pushRoutes(app, deps, options);
  materializeRoutes(app, deps, options);
  healthRoutes(app, deps, options);
  if (options.isListed) metricsRoute(app, deps);
}
