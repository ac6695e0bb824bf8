/**
 * Work whose outcome holds for a while: asked again within `everyMs` of its last success it does nothing, asked while it is under way it
 * is waited for. Work that failed is done again when asked next.
 */
export function refreshAtMost(everyMs: number, refresh: () => Promise<void>, now: () => number = () => performance.now()): () => Promise<void> {
  let underWay: Promise<void> | null = null;
  let doneAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (now() - doneAt < everyMs) return Promise.resolve();
    underWay ??= refresh()
      .then(() => {
        doneAt = now();
      })
      .finally(() => {
        underWay = null;
      });
    return underWay;
  };
}
