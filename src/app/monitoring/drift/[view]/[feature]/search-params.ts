export { driftFeatureInput, loadDriftFeatureAddress } from "../../../../../console/drift/feature-address.ts";
