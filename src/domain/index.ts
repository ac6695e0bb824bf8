export {
  type AccessDecision,
  type AccessQuestion,
  type Action,
  type AuditEntry,
  type AuditLog,
  type Authorizer,
  decideAccess,
  permissionDenied,
  type Resource,
} from "./access.ts";
export type { Actor, Membership, TeamRole } from "./actor.ts";
export { type AsOfRule, asOf } from "./as-of.ts";
export { binCount, binFinder, binRanks, freezeCategories, freezeNumericBins, type SortedNumbers } from "./bins.ts";
export { allocateColumnData, type Column, type ColumnBatch, type ColumnData, NO_CREATED_TIME } from "./column-batch.ts";
export { cronMistake } from "./cron.ts";
export {
  type BatchSource,
  batchSourceOf,
  type DataSource,
  type Definition,
  type DefinitionKind,
  definitionKey,
  type Entity,
  type Feature,
  type FeatureService,
  type FeatureView,
  type FileFormat,
  type FileSource,
  type JoinKey,
  type KafkaSource,
  type LocatedDefinition,
  type MessageFormat,
  type Origin,
  type PostgresSource,
  type Projection,
  type PushSource,
  type StreamSource,
  type Tags,
} from "./definition.ts";
export {
  type ConsoleDefinition,
  consoleDefinitionSchema,
  entitySchema,
  featureServiceSchema,
  featureViewSchema,
  fileSourceSchema,
} from "./definition-schema.ts";
export {
  type ExpectationCount,
  type ExpectationExample,
  type ExpectationFinding,
  type ExpectedFeature,
  expectationsIn,
  expectedFeatures,
  findingsOf,
  findingText,
} from "./expectation-findings.ts";
export {
  allowedValue,
  type Bound,
  boundValue,
  canBeUnique,
  canBound,
  canList,
  type Expectation,
  type Expectations,
  expectationMistakes,
  expectationTexts,
  type OnFailure,
  wholeBound,
} from "./expectations.ts";
export { type FeatureRef, fullFeatureName, isName, NAME_RULE, parseFeatureRef } from "./feature-ref.ts";
export { FILE_ENDING, FILE_FORMATS, formatOfName } from "./file-format.ts";
export type { Change, ChangeAction, FieldChange, Plan, Problem } from "./plan.ts";
export {
  type Bins,
  CATEGORIES_MAX,
  type CategoricalBins,
  type Moments,
  type NumericBins,
  OTHERS_MAX,
  PROFILE_SAMPLE_ROWS,
  type Profile,
  type ProfileMeasure,
  type ProfileSample,
} from "./profile.ts";
export type { OfflineStoreType, OnlineStoreType, ProjectSettings, RepoContents } from "./project.ts";
export { type ProjectDefinitions, projectDefinitions } from "./project-definitions.ts";
export { compareRowTimes, type RowTimes, replaces } from "./row-order.ts";
export { fromText } from "./text-value.ts";
export { FUTURE_SKEW_SECONDS_DEFAULT, isExpired, isTooFarAhead } from "./ttl.ts";
export { type Coerced, coerceJson, type FeatureValue, toJsonValue } from "./value.ts";
export { isListType, isValueType, itemType, type ListType, SCALAR_TYPES, type ScalarType, VALUE_TYPES, type ValueType } from "./value-type.ts";
export { type FeatureField, type SourceIdentity, type ViewSpec, type ViewVersion, viewSpec, viewSpecFingerprint } from "./view-version.ts";
