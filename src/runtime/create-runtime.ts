import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../../prisma/generated/client.ts";
import { pgBossJobQueue, pgBossWorkerPool } from "../jobs/adapters/pg-boss.ts";
import { prismaHeartbeats, prismaLeases } from "../jobs/adapters/prisma-leases.ts";
import type { WorkerPool } from "../jobs/index.ts";
import { systemClock } from "../kit/index.ts";
import { prismaSchedules } from "../materialize/adapters/prisma-schedules.ts";
import { prismaDriftStore } from "../monitor/adapters/prisma-drift.ts";
import { prismaIncidentStore } from "../monitor/adapters/prisma-incidents.ts";
import { prismaMonitorStore } from "../monitor/adapters/prisma-monitor.ts";
import { prismaParity } from "../monitor/adapters/prisma-parity.ts";
import { prismaQualityStore } from "../monitor/adapters/prisma-quality.ts";
import { prismaServedSamples } from "../monitor/adapters/prisma-served.ts";
import { prismaNotifyStore } from "../notify/adapters/prisma-notify.ts";
import { alertSender } from "../notify/adapters/sender.ts";
import { localFolders } from "../registry/adapters/local-folders.ts";
import { prismaRegistry, prismaTransactor } from "../registry/adapters/prisma.ts";
import { prismaRunLog } from "../runs/adapters/prisma-run-log.ts";
import { prismaSamples } from "../serve/adapters/prisma-samples.ts";
import { prismaAuditLog } from "../sharing/adapters/prisma-audit-log.ts";
import { policyAuthorizer } from "../sharing/index.ts";
import { prismaTrainingSets } from "../training/adapters/prisma-training-sets.ts";
import { resolveForChannel } from "./channel-variables.ts";
import { openDatabase } from "./database/connect-database.ts";
import { migrateDatabase } from "./database/migrate.ts";
import type { Environment } from "./environment.ts";
import { localOwner } from "./local-owner.ts";
import { processLogger } from "./logger.ts";
import { openOfflineStore } from "./offline-store.ts";
import { openOnlineStores } from "./online-stores.ts";
import type { Runtime } from "./runtime.ts";
import { sweepSpill } from "./sweep-spill.ts";

export interface CreateRuntimeOptions {
  readonly environment: Environment;
  /** Of the process, for the log and for PostgreSQL: "serve", "worker". */
  readonly name: string;
  /** Connections to PostgreSQL at most. */
  readonly connectionsMax?: number;
}

/**
 * Puts the real parts together: opens the database (the embedded one unless DATABASE_URL is set), brings it up to this release, and hands
 * out every port. Other connections are opened at their first use. `dispose` closes all of it.
 */
export async function createRuntime({ environment, name, connectionsMax = 5 }: CreateRuntimeOptions): Promise<Runtime> {
  const logger = processLogger(name, environment.logLevel);
  const database = await openDatabase({ databaseUrl: environment.databaseUrl, home: environment.home, logger });
  await migrateDatabase({ url: database.url, logger });
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString: database.url, max: connectionsMax, application_name: `larder-${name}` }),
    transactionOptions: { maxWait: 10_000, timeout: 60_000 }, // of a busy machine; five seconds, the default, failed first runs there
  });
  const jobs = pgBossJobQueue({ databaseUrl: database.url, logger });
  const onlineStores = openOnlineStores(environment);
  const offline = openOfflineStore(environment, name);
  // Containers may share a host name and each call its first process 1: what is random tells holders of leases apart.
  const processName = `${name}-${hostname()}-${process.pid}-${randomBytes(2).toString("hex")}`;
  const pools: WorkerPool[] = [];
  return {
    registry: prismaRegistry({ prisma, databaseUrl: database.url, logger }),
    inspector: offline,
    folders: localFolders({ roots: environment.dataRoots, home: environment.home }),
    offline,
    onlineStores,
    runLog: prismaRunLog({ prisma, databaseUrl: database.url, logger }),
    trainingSets: prismaTrainingSets({ prisma }),
    jobs,
    leases: prismaLeases(prisma),
    heartbeats: prismaHeartbeats(prisma),
    schedules: prismaSchedules(prisma),
    monitorStore: prismaMonitorStore(prisma),
    driftStore: prismaDriftStore(prisma),
    qualityStore: prismaQualityStore(prisma),
    incidents: prismaIncidentStore(prisma),
    sampleStore: prismaSamples(prisma),
    servedSamples: prismaServedSamples(prisma),
    parityStore: prismaParity(prisma),
    notifyStore: prismaNotifyStore(prisma),
    alertSender: alertSender({ resolve: (text) => resolveForChannel(text, environment.variables) }),
    consoleUrl: environment.consoleUrl,
    processName,
    transactor: prismaTransactor(prisma),
    authorizer: policyAuthorizer(),
    audit: prismaAuditLog(),
    clock: systemClock,
    logger,
    stagingDirectory: join(environment.home, "staging"),
    trainingDirectory: join(environment.home, "training"),
    localOwner: localOwner(environment.userName),
    defaultProject: environment.project,
    async ping() {
      await prisma.$queryRaw`select 1`;
    },
    async sweepSpill() {
      await sweepSpill(environment.home, Date.now());
    },
    async openWorkerPool() {
      const pool = await pgBossWorkerPool({ databaseUrl: database.url, logger, worker: processName });
      pools.push(pool);
      return pool;
    },
    async dispose() {
      await Promise.all(pools.map((pool) => pool.stop()));
      await Promise.allSettled([jobs.dispose(), onlineStores.dispose(), offline.dispose()]);
      await prisma.$disconnect();
      await database.stop();
    },
  };
}
