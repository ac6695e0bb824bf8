import { FUTURE_SKEW_SECONDS_DEFAULT } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import type { Runtime } from "../runtime/index.ts";
import { createSampler, createSnapshotCache } from "../serve/index.ts";
import { createServer } from "./create-server.ts";
import { createMetrics } from "./metrics.ts";

export interface StartServeOptions {
  readonly runtime: Runtime;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Further names under which this server is known, for the check of Host and Origin. */
  readonly hosts?: readonly string[];
  readonly bodyBytesMax?: number;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Takes no new requests, finishes those at work, and ends. The runtime stays the caller's. */
  stop(): Promise<void>;
}

const BODY_BYTES_MAX_DEFAULT = 16 * 1_048_576;

/** Starts to serve; answers /health at once and reads as soon as the registry does. Throws failed_precondition when the port is taken. */
export async function startServe({ runtime, host, port, hosts = [], bodyBytesMax = BODY_BYTES_MAX_DEFAULT }: StartServeOptions): Promise<RunningServer> {
  const { registry, clock, logger, onlineStores, offline, authorizer, defaultProject, sampleStore } = runtime;
  const metrics = createMetrics(logger);
  const snapshots = createSnapshotCache({ registry, clock, observer: metrics });
  metrics.watchSnapshots(snapshots, clock);
  metrics.watchBackground(runtime);
  const sampler = createSampler({ store: sampleStore, observer: metrics.sampling, logger });
  const app = await createServer({
    serve: { snapshots, onlineStores, transformer: offline, authorizer, clock, observer: metrics, sampler, futureSkewSeconds: FUTURE_SKEW_SECONDS_DEFAULT },
    materialize: runtime,
    training: runtime,
    pingDatabase: () => runtime.ping(),
    metrics,
    logger,
    actor: runtime.localOwner,
    defaultProject,
    listenHost: host,
    hosts,
    bodyBytesMax,
  });
  const url = await app.listen({ host, port }).catch((error: unknown) => {
    throw portError(error, host, port);
  });
  await snapshots.start();
  sampler.start();
  await warmUp();
  logger.info({ address: url }, "serving");
  return {
    url,
    port: Number(new URL(url).port),
    async stop() {
      await app.close();
      await snapshots.stop();
      await sampler.stop();
    },
  };

  /** The first read should not wait for the registry; one that is down is the readiness check's to say. */
  async function warmUp(): Promise<void> {
    if (defaultProject === null) return;
    await Promise.resolve(snapshots.get(defaultProject)).catch((error: unknown) => logger.warn({ err: error }, "no registry snapshot yet"));
  }
}

function portError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "EADDRINUSE") {
    return new LarderError("failed_precondition", `Port ${port} of ${host} is taken.`, {
      hint: "Stop what listens there, or set LARDER_SERVE_PORT to another port.",
    });
  }
  if (code === "EACCES") {
    return new LarderError("failed_precondition", `Port ${port} of ${host} needs more rights than this process has.`, {
      hint: "Set LARDER_SERVE_PORT to a port above 1023.",
    });
  }
  return error;
}
