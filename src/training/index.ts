export { type GetHistoricalFeaturesDeps, type GetHistoricalFeaturesInput, getHistoricalFeatures } from "./get-historical-features.ts";
