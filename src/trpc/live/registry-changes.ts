import type { Registry } from "../../registry/index.ts";

type Listener = (project: string) => void;

interface SharedWatch {
  readonly listeners: Set<Listener>;
  readonly stop: Promise<{ stop(): Promise<void> }>;
}

const watches = new WeakMap<Registry, SharedWatch>();

/** One watch of the registry for all open pages of this process; it ends with the last of them. Returns the way to leave. */
export function onRegistryChange(registry: Registry, listener: Listener): () => void {
  let watch = watches.get(registry);
  if (!watch) {
    const listeners = new Set<Listener>();
    const stop = registry.watch((project) => {
      for (const each of listeners) each(project);
    });
    watch = { listeners, stop };
    watches.set(registry, watch);
    // A watch that never came up is forgotten, so that the next page tries again.
    stop.catch(() => watches.delete(registry));
  }
  const joined = watch;
  joined.listeners.add(listener);
  return () => {
    joined.listeners.delete(listener);
    if (joined.listeners.size > 0 || watches.get(registry) !== joined) return;
    watches.delete(registry);
    void joined.stop.then(({ stop }) => stop()).catch(() => undefined);
  };
}
