/** Runs that this tab started: their end is announced here, and nowhere else. */
const started = new Set<string>();
const watched = new Set<string>();

export function rememberStarted(run: string): void {
  started.add(run);
}

/** While a run is watched in an open dialog its end needs no notice. Returns the way to stop. */
export function watchRun(run: string): () => void {
  watched.add(run);
  return () => {
    watched.delete(run);
  };
}

/** Whether the end of this run deserves a notice; true once. */
export function takeEnded(run: string): boolean {
  return started.delete(run) && !watched.has(run);
}
