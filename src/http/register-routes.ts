import type { FastifyInstance } from "fastify";
import type { HttpDeps, RouteOptions } from "./port.ts";
import { getOnlineFeaturesRoute } from "./routes/get-online-features.ts";
import { healthRoutes } from "./routes/health.ts";
import { historicalFeaturesRoutes } from "./routes/historical-features.ts";
import { materializeRoutes } from "./routes/materialize.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { pushRoutes } from "./routes/push.ts";
import { runRoutes } from "./routes/runs.ts";

export function registerRoutes(app: FastifyInstance, deps: HttpDeps, options: RouteOptions): void {
  getOnlineFeaturesRoute(app, deps, options);
  pushRoutes(app, deps, options);
  materializeRoutes(app, deps, options);
  historicalFeaturesRoutes(app, deps, options);
  runRoutes(app, deps, options);
  healthRoutes(app, deps, options);
  if (options.isListed) metricsRoute(app, deps);
}
