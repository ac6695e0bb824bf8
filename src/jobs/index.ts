export type { Heartbeats, JobContext, JobDefinition, JobHandler, JobQueue, Leases, ProcessKind, WorkerPool } from "./port.ts";
export { type Periodic, runPeriodically } from "./run-periodically.ts";
