export type { JobContext, JobDefinition, JobHandler, JobQueue, WorkerPool } from "./port.ts";
