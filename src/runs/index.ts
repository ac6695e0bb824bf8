export { type CancelRunDeps, cancelRun } from "./cancel-run.ts";
export { type Patience, patience } from "./patience.ts";
export {
  type Attempt,
  isFinished,
  type NewRun,
  RUN_STATES,
  type Run,
  type RunChoices,
  type RunEnd,
  type RunEvent,
  type RunFailure,
  type RunFilter,
  type RunLog,
  type RunProgress,
  type RunState,
} from "./port.ts";
export { type ProgressReporter, progressReporter } from "./report-progress.ts";
export { resumeRun } from "./resume-run.ts";
export { type RunJob, runJob, type StartRunDeps, startRun } from "./start-run.ts";
export { type RunWork, workOnRun } from "./work-on-run.ts";
