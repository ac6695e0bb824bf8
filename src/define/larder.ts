/*
 * What a feature repo imports: `import { entity, featureView } from "larder"`. Every exported definition in the repo's files counts.
 */
export type { FileSourceOptions, PostgresSourceOptions } from "./batch-sources.ts";
export { fileSource, postgresSource } from "./batch-sources.ts";
export { type EntityOptions, entity } from "./entity.ts";
export type { ExpectOptions } from "./expect.ts";
export { type FeatureServiceOptions, featureService } from "./feature-service.ts";
export { type BatchViewOptions, featureView, type StreamViewOptions, streamFeatureView } from "./feature-view.ts";
export type { EntityHandle, FeatureReference, FeatureSelection, MessageFormatHandle, ServiceHandle, SourceHandle, SqlQuery, ViewHandle } from "./handle.ts";
export type { FeatureOptions, Schema } from "./schema.ts";
export { sql } from "./sql.ts";
export { json, type KafkaSourceOptions, kafkaSource, type PushSourceOptions, pushSource } from "./stream-sources.ts";
