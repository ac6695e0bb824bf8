export {
  type Attempt,
  isFinished,
  type NewRun,
  RUN_STATES,
  type Run,
  type RunEnd,
  type RunEvent,
  type RunFailure,
  type RunFilter,
  type RunLog,
  type RunProgress,
  type RunState,
} from "./port.ts";
