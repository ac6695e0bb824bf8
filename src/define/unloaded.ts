const unloaded: object = new Proxy(() => undefined, {
  get: (_target, key) => (key === "then" || typeof key === "symbol" ? undefined : unloaded),
  apply: () => unloaded,
});

/**
 * What stands in for the exports of a file that did not load, so that the files that import it can still be checked.
 * Whatever is done with it gives itself again; builders say nothing about it, for the file's own problem says it all.
 */
export const unloadedExport: unknown = unloaded;

export function isUnloaded(value: unknown): boolean {
  return value === unloaded;
}
