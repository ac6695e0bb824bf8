import type { Actor, AuditLog, Authorizer } from "../domain/index.ts";
import type { Heartbeats, JobQueue, Leases, WorkerPool } from "../jobs/index.ts";
import type { Clock, Logger, Transactor } from "../kit/index.ts";
import type { OnlineStores, Schedules } from "../materialize/index.ts";
import type { DriftStore, IncidentStore, MonitorStore, ParityStore, QualityStore, ServedSamples } from "../monitor/index.ts";
import type { AlertSender, NotifyStore } from "../notify/index.ts";
import type { OfflineStore } from "../offline/index.ts";
import type { DataFolders, Registry, SourceInspector, SourcePreviewer } from "../registry/index.ts";
import type { RunLog } from "../runs/index.ts";
import type { SampleStore } from "../serve/index.ts";
import type { TrainingSets } from "../training/index.ts";

/** Everything a door needs, with the real adapters behind it. Verbs take the part of it that they declare as their deps. */
export interface Runtime {
  readonly registry: Registry;
  readonly inspector: SourceInspector & SourcePreviewer;
  /** Where people may look for files to make sources of. */
  readonly folders: DataFolders;
  readonly offline: OfflineStore;
  readonly onlineStores: OnlineStores;
  readonly runLog: RunLog;
  readonly trainingSets: TrainingSets;
  readonly jobs: JobQueue;
  readonly leases: Leases;
  readonly heartbeats: Heartbeats;
  readonly schedules: Schedules;
  readonly monitorStore: MonitorStore;
  readonly driftStore: DriftStore;
  readonly qualityStore: QualityStore;
  readonly incidents: IncidentStore;
  /** What serving keeps of its answers: as serving writes it, and as the monitor reads it. */
  readonly sampleStore: SampleStore;
  readonly servedSamples: ServedSamples;
  readonly parityStore: ParityStore;
  readonly notifyStore: NotifyStore;
  readonly alertSender: AlertSender;
  /** Where the console of this machine answers, for links: "http://localhost:3000". */
  readonly consoleUrl: string;
  /** This process among all that share the database: "worker-4711". */
  readonly processName: string;
  readonly transactor: Transactor;
  readonly authorizer: Authorizer;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly stagingDirectory: string;
  /** Uploaded entity rows and the results of training sets; shared by all processes of this machine. */
  readonly trainingDirectory: string;
  /** Who acts when nobody signed in: the owner of this machine's store. */
  readonly localOwner: Actor;
  /** The project to use when the caller names none: LARDER_PROJECT, or the only one there is. */
  readonly defaultProject: string | null;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  /** Removes what killed processes of this home had spilled to disk. */
  sweepSpill(): Promise<void>;
  /** Begins to take jobs in this process; stopped by dispose. */
  openWorkerPool(): Promise<WorkerPool>;
  dispose(): Promise<void>;
}
