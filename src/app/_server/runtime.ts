import "server-only";
import { LarderError } from "../../kit/index.ts";
import type { Environment, Runtime } from "../../runtime/index.ts";
import { loadRuntime, loadTrpc } from "./native.ts";

export interface Opened {
  readonly environment: Environment;
  readonly runtime: Runtime;
}

interface Held {
  readonly shutdown: AbortController;
  opened: Promise<Opened> | null;
}

const EXIT_MS_MAX = 3_000;
const OPEN_MS_MAX = 8_000;

/** Pages and routes are separate bundles; what must exist once per process is kept on globalThis. */
function held(): Held {
  const store = globalThis as { larderConsole?: Held };
  store.larderConsole ??= begin();
  return store.larderConsole;
}

function begin(): Held {
  const fresh: Held = { shutdown: new AbortController(), opened: null };
  for (const [signal, code] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)
    process.once(signal, () => void stop(fresh, code));
  return fresh;
}

/**
 * Next waits for open event streams before it exits, and for nothing of ours; so it is started with NEXT_MANUAL_SIG_HANDLE and ends here:
 * streams first, then the database, which may be a server that this process is the last to leave.
 */
async function stop({ shutdown, opened }: Held, code: number): Promise<void> {
  setTimeout(() => process.exit(code), EXIT_MS_MAX).unref();
  shutdown.abort();
  await opened?.then(({ runtime }) => runtime.dispose()).catch(() => undefined);
  process.exit(code);
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
  const runtime = await createRuntime({ environment, name: "console" });
  const { startBackground } = await loadTrpc();
  void startBackground(runtime, getShutdown()); // it logs what goes wrong, and ends before the database does
  return { environment, runtime };
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
