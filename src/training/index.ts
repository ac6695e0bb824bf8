export { type CreateTrainingSetInput, createTrainingSet } from "./create-training-set.ts";
export { type AskedSpec, newTrainingSetInput, readTrainingReceipt } from "./documents.ts";
export { type GetHistoricalFeaturesDeps, type GetHistoricalFeaturesInput, getHistoricalFeatures } from "./get-historical-features.ts";
export { getTrainingSet, listTrainingSets, type TrainingSetNow } from "./get-training-set.ts";
export { type OpenedResult, openResult, readResult } from "./open-result.ts";
export type {
  EntityRowsSpec,
  Pins,
  SavedUpload,
  TrainingChange,
  TrainingDeps,
  TrainingReceipt,
  TrainingSet,
  TrainingSetSpec,
  TrainingSets,
  Upload,
} from "./port.ts";
export { type MatchPreview, previewMatches } from "./preview-matches.ts";
export { removeTrainingSet, repinTrainingSet } from "./remove-training-set.ts";
export type { ResultStatistics } from "./result-view.ts";
export { runTrainingSet } from "./run-training-set.ts";
export { type SaveUploadInput, saveUpload } from "./save-upload.ts";
export { startHistoricalFeatures, startTrainingSet, TRAINING_SET } from "./start-training-set.ts";
export { sweepTrainingFiles } from "./sweep-training-files.ts";
