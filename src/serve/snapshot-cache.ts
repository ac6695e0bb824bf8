import { type Clock, LarderError, type Micros } from "../kit/index.ts";
import type { Project, Registry, RegistrySnapshot } from "../registry/index.ts";
import type { ServeObserver } from "./port.ts";

export interface SnapshotState {
  readonly project: string;
  readonly revision: number;
  readonly servingRevision: number;
  /** When the registry last said that this is what it holds. */
  readonly confirmedAt: Micros;
}

/**
 * The registry snapshots of this process, kept current behind the reads' back: the registry's word of a change, and a look at all
 * revisions every second in case a word is lost. A read waits only for the first snapshot of its project; while the registry is
 * down, the last one serves.
 */
export interface SnapshotCache {
  /** Begins to watch and to look; resolves after the first look, also when the registry did not answer. */
  start(): Promise<void>;
  /** The snapshot at hand, or a promise of the first one. Throws not_found for an unknown project, unavailable when there is none yet. */
  get(project: string): RegistrySnapshot | Promise<RegistrySnapshot>;
  /** The snapshot as the registry holds it now, for callers who want no cache. */
  refresh(project: string): Promise<RegistrySnapshot>;
  /** Names of all projects, as of the last look. */
  projects(): Promise<readonly string[]>;
  states(): readonly SnapshotState[];
  stop(): Promise<void>;
}

export interface SnapshotCacheOptions {
  readonly registry: Pick<Registry, "listProjects" | "snapshot" | "watch">;
  readonly clock: Clock;
  readonly observer: Pick<ServeObserver, "refreshFailed">;
  readonly pollMs?: number;
}

interface Entry {
  snapshot: RegistrySnapshot | null;
  confirmedAt: Micros;
  loading: Promise<RegistrySnapshot | null> | null;
  /** The registry changed while loading: what comes may be old already. */
  again: boolean;
}

/** So many names of projects that do not exist are remembered between two looks, to spare the registry. */
const UNKNOWN_MAX = 1_000;

export function createSnapshotCache(options: SnapshotCacheOptions): SnapshotCache {
  return new WatchedSnapshots(options);
}

class WatchedSnapshots implements SnapshotCache {
  readonly #options: SnapshotCacheOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #unknown = new Set<string>();
  #names: readonly string[] | null = null;
  #watcher: { stop(): Promise<void> } | null = null;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #isStopped = false;

  constructor(options: SnapshotCacheOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#lookOnce().catch(this.#failed);
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.start(), this.#options.pollMs ?? 1_000).unref();
  }

  get(project: string): RegistrySnapshot | Promise<RegistrySnapshot> {
    const entry = this.#entries.get(project);
    if (entry?.snapshot) return entry.snapshot;
    if (this.#unknown.has(project)) return this.#orUnknown(project, null);
    return this.#orUnknown(project, entry?.loading ?? this.#refresh(project));
  }

  refresh(project: string): Promise<RegistrySnapshot> {
    return this.#orUnknown(project, this.#refresh(project));
  }

  async projects(): Promise<readonly string[]> {
    return this.#names ?? namesOf(await this.#options.registry.listProjects()); // not a look: that would begin to watch
  }

  states(): readonly SnapshotState[] {
    const states: SnapshotState[] = [];
    for (const [project, { snapshot, confirmedAt }] of this.#entries) {
      if (snapshot) states.push({ project, revision: snapshot.project.revision, servingRevision: snapshot.project.servingRevision, confirmedAt });
    }
    return states;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#looking?.catch(() => {});
    await this.#watcher?.stop();
    this.#watcher = null;
  }

  readonly #failed = (error: unknown): void => this.#options.observer.refreshFailed(error);

  readonly #changed = (project: string): void => {
    this.#unknown.delete(project);
    if (this.#entries.has(project)) this.#refresh(project).catch(this.#failed);
  };

  #lookOnce(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** One look at the revisions of all projects; starts what is needed to catch up. */
  async #look(): Promise<void> {
    const { registry, clock } = this.#options;
    this.#watcher ??= await registry.watch(this.#changed);
    const projects = new Map((await registry.listProjects()).map((project) => [project.name, project]));
    const now = clock.now();
    this.#names = namesOf([...projects.values()]);
    this.#unknown.clear();
    for (const [name, entry] of this.#entries) {
      const current = projects.get(name);
      if (current === undefined) this.#entries.delete(name);
      else if (entry.snapshot !== null && isSame(entry.snapshot.project, current)) entry.confirmedAt = now;
      else this.#refresh(name).catch(this.#failed);
    }
  }

  /** Loads the snapshot; a call while it loads makes it load once more, so that what comes is no older than the call. */
  #refresh(project: string): Promise<RegistrySnapshot | null> {
    const entry = this.#entries.get(project) ?? { snapshot: null, confirmedAt: 0n, loading: null, again: false };
    this.#entries.set(project, entry);
    if (entry.loading !== null) {
      entry.again = true;
      return entry.loading;
    }
    entry.loading = this.#load(project, entry).finally(() => {
      entry.loading = null;
      if (entry.snapshot === null && this.#entries.get(project) === entry) this.#entries.delete(project);
    });
    return entry.loading;
  }

  async #load(project: string, entry: Entry): Promise<RegistrySnapshot | null> {
    do {
      entry.again = false;
      entry.snapshot = await this.#options.registry.snapshot(project);
      entry.confirmedAt = this.#options.clock.now();
    } while (entry.again);
    if (entry.snapshot === null && this.#unknown.size < UNKNOWN_MAX) this.#unknown.add(project);
    return entry.snapshot;
  }

  async #orUnknown(project: string, loading: Promise<RegistrySnapshot | null> | null): Promise<RegistrySnapshot> {
    const snapshot = await loading;
    if (snapshot) return snapshot;
    throw unknownProject(project, await this.projects());
  }
}

function namesOf(projects: readonly Project[]): readonly string[] {
  return projects.map(({ name }) => name).sort();
}

function isSame(a: Project, b: Project): boolean {
  return a.onlineId === b.onlineId && a.revision === b.revision && a.servingRevision === b.servingRevision;
}

function unknownProject(project: string, names: readonly string[]): LarderError {
  const hint = names.length === 0 ? "There is none yet: run `larder apply`." : `The projects are ${names.slice(0, 20).join(", ")}.`;
  return new LarderError("not_found", `There is no project "${project}".`, { hint });
}
