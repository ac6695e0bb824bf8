export type { RequestColumns } from "./entity-columns.ts";
export { type GetOnlineFeaturesInput, getOnlineFeatures } from "./get-online-features.ts";
export {
  type OnlineStoreFinder,
  type RowTransformer,
  type ServeObserver,
  silentObserver,
  type WriteObservation,
} from "./port.ts";
export { type PushRowsInput, type PushTarget, pushRows } from "./push-rows.ts";
export { pushTypes } from "./push-types.ts";
export { createSampler, type RunningSampler, type SamplerLimits } from "./sampling/create-sampler.ts";
export {
  DROP_REASONS,
  type DropReason,
  noSampler,
  SAMPLING_DEFAULT,
  type SampleStore,
  type SamplingObserver,
  type SamplingRate,
  type ServedRows,
  type ServedSample,
  type ServedSampler,
  type ServedStatus,
  type ViewSampling,
} from "./sampling/port.ts";
export { type ServeDeps, unobserved } from "./serve-deps.ts";
export { createSnapshotCache, type SnapshotCache, type SnapshotCacheOptions, type SnapshotState } from "./snapshot-cache.ts";
export type { RowRejection } from "./typed-rows.ts";
export type { WriteResult } from "./write-rows.ts";
export { type WriteToOnlineStoreInput, writeToOnlineStore } from "./write-to-online-store.ts";
