export type { MaterializePreview, MaterializeReceipt } from "../materialize/index.ts";
export type { TrainingChange, TrainingReceipt, Upload } from "../training/index.ts";
export { startBackground } from "./background.ts";

export { callQuery, type QueryAnswer } from "./call-query.ts";
export type { TrpcContext } from "./context.ts";
export type { ErrorInfo } from "./errors.ts";
export { type HandleRequestOptions, handleRequest } from "./handle-request.ts";
export type { LiveMessage } from "./live/follow.ts";
export type { WindowInput } from "./materialize/window-input.ts";
export type { ShownExpiry, ShownFreshness } from "./monitor/shown-view.ts";
export type { AppRouter } from "./router.ts";
export type { ShownRun } from "./run/shown-run.ts";
export type { ShownSchedule } from "./schedule/shown-schedule.ts";
export { handleDownload, handleUpload } from "./training-set/files.ts";
