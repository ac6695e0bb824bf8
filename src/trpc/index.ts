export type { MaterializePreview, MaterializeReceipt } from "../materialize/index.ts";
export { callQuery, type QueryAnswer } from "./call-query.ts";
export type { TrpcContext } from "./context.ts";
export type { ErrorInfo } from "./errors.ts";
export { type HandleRequestOptions, handleRequest } from "./handle-request.ts";
export type { LiveMessage } from "./live/follow.ts";
export type { WindowInput } from "./materialize/window-input.ts";
export type { AppRouter } from "./router.ts";
export type { ShownRun } from "./run/shown-run.ts";
