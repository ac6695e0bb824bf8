import type { ViewVersion } from "../../domain/index.ts";
import { canonicalJson } from "../../kit/index.ts";
import type { FeatureProfile, OfflineStore } from "../../offline/index.ts";

/** Figures of all features of a version, with when they were worked out. */
export interface KeptProfiles {
  readonly view: string;
  readonly profiles: readonly FeatureProfile[];
  readonly computedAt: Date;
  readonly seconds: number;
  /** Whether the files of the source are others than those that were read. */
  readonly sourceChanged: boolean;
}

interface Kept extends Omit<KeptProfiles, "sourceChanged"> {
  readonly fingerprint: string;
}

const VERSIONS_MAX = 200;
const keptBy = new WeakMap<OfflineStore, Map<string, Promise<Kept>>>();

/** A whole pass over a source is worth keeping: worked out once per version and process, and again when `fresh` is asked for. */
export async function keptProfiles(offline: OfflineStore, version: ViewVersion, { fresh }: { readonly fresh: boolean }): Promise<KeptProfiles> {
  const kept = keptBy.get(offline) ?? new Map<string, Promise<Kept>>();
  keptBy.set(offline, kept);
  let work = fresh ? undefined : kept.get(version.versionId);
  if (!work) {
    work = profileNow(offline, version);
    kept.set(version.versionId, work);
    const mine = work;
    mine.catch(() => kept.get(version.versionId) === mine && kept.delete(version.versionId));
    const [oldest] = kept.keys();
    if (kept.size > VERSIONS_MAX && oldest !== undefined) kept.delete(oldest);
  }
  const [{ fingerprint, ...profiles }, now] = await Promise.all([work, fingerprintOf(offline, version)]);
  return { ...profiles, sourceChanged: now !== fingerprint };
}

async function profileNow(offline: OfflineStore, version: ViewVersion): Promise<Kept> {
  const started = performance.now();
  const fingerprint = await fingerprintOf(offline, version);
  const profiles = await offline.profile(
    version,
    version.features.map(({ name }) => name),
  );
  return { view: version.view, profiles, fingerprint, computedAt: new Date(), seconds: (performance.now() - started) / 1_000 };
}

async function fingerprintOf(offline: OfflineStore, version: ViewVersion): Promise<string> {
  return canonicalJson(await offline.fingerprint(version));
}
