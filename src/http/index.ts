export { createServer } from "./create-server.ts";
export { createMetrics, type HttpMetrics } from "./metrics.ts";
export type { HttpDeps } from "./port.ts";
export { type RunningServer, type StartServeOptions, startServe } from "./start-serve.ts";
