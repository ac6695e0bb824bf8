import { createRuntime, readEnvironment } from "../runtime/index.ts";
import { startWorker } from "./start-worker.ts";

/** The worker process: `node src/worker/main.ts`. SIGTERM stops it; what it worked on goes on elsewhere. */
const runtime = await createRuntime({ environment: readEnvironment(), name: "worker" });
const worker = await startWorker(runtime);

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    worker
      .stop()
      .then(() => runtime.dispose())
      .then(
        () => process.exit(0),
        (error: Error) => {
          runtime.logger.error({ error: error.message }, "the worker did not stop cleanly");
          process.exit(1);
        },
      );
  });
}
