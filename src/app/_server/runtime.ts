import "server-only";
import { LarderError } from "../../kit/index.ts";
import type { Environment, Runtime } from "../../runtime/index.ts";
import { loadRuntime } from "./native.ts";

export interface Opened {
  readonly environment: Environment;
  readonly runtime: Runtime;
}

interface Held {
  readonly shutdown: AbortController;
  opened: Promise<Opened> | null;
}

const EXIT_MS = 1_000;
const OPEN_MS_MAX = 8_000;

/** Pages and routes are separate bundles; what must exist once per process is kept on globalThis. */
function held(): Held {
  const store = globalThis as { larderConsole?: Held };
  store.larderConsole ??= begin();
  return store.larderConsole;
}

function begin(): Held {
  const fresh: Held = { shutdown: new AbortController(), opened: null };
  // Next waits for open event streams before it exits; ours end here, and the process with them.
  const stop = () => {
    fresh.shutdown.abort();
    setTimeout(() => process.exit(143), EXIT_MS).unref();
    void fresh.opened?.then(({ runtime }) => runtime.dispose()).catch(() => undefined);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  return fresh;
}

/** The one runtime of this process, made at its first use; one that could not be made is tried again. Throws unavailable when it takes too long. */
export async function getRuntime(): Promise<Opened> {
  const ours = held();
  if (!ours.opened) {
    const opening = open();
    ours.opened = opening;
    opening.catch(() => {
      if (ours.opened === opening) ours.opened = null;
    });
  }
  return withinTime(ours.opened);
}

async function open(): Promise<Opened> {
  const { createRuntime, readEnvironment } = await loadRuntime();
  const environment = readEnvironment();
  return { environment, runtime: await createRuntime({ environment, name: "console" }) };
}

function withinTime(opening: Promise<Opened>): Promise<Opened> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new LarderError("unavailable", "The registry's database does not answer.", { hint: "Check that PostgreSQL runs and is reachable." })),
      OPEN_MS_MAX,
    );
  });
  return Promise.race([opening, tooLong]).finally(() => clearTimeout(timer));
}

export function getShutdown(): AbortSignal {
  return held().shutdown.signal;
}
