export { commandLine } from "./command-line.ts";
export { readReceipt, readRequest } from "./documents.ts";
export { canMaterializeFrom } from "./find-view.ts";
export { type PauseScheduleDeps, type PauseScheduleInput, pauseSchedule, resumeSchedule } from "./pause-schedule.ts";
export type {
  MaterializeChecks,
  MaterializeDeps,
  MaterializePreview,
  MaterializeReceipt,
  MaterializeWindow,
  OnlineStores,
  ScheduledView,
  Schedules,
  StartedRuns,
} from "./port.ts";
export { type PreviewMaterializeInput, previewMaterialize } from "./preview-materialize.ts";
export { type RetireDeps, retireVersions } from "./retire-versions.ts";
export { runMaterialize } from "./run-materialize.ts";
export { type RunSchedulesDeps, runSchedules } from "./run-schedules.ts";
export { cadenceSeconds, nextTick, scheduleParts } from "./schedule.ts";
export { MATERIALIZE, type StartMaterializeInput, startMaterialize } from "./start-materialize.ts";
export { sweepStages } from "./sweep-stages.ts";
