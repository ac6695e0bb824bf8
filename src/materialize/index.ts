export { readReceipt, readRequest } from "./documents.ts";
export type {
  MaterializeDeps,
  MaterializePreview,
  MaterializeReceipt,
  MaterializeWindow,
  OnlineStores,
  StartedRuns,
} from "./port.ts";
export { commandLine, type PreviewMaterializeInput, previewMaterialize } from "./preview-materialize.ts";
export { type RetireDeps, retireVersions } from "./retire-versions.ts";
export { runMaterialize } from "./run-materialize.ts";
export { MATERIALIZE, type StartMaterializeInput, startMaterialize } from "./start-materialize.ts";
export { sweepStages } from "./sweep-stages.ts";
