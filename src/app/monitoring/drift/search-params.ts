export { driftInput, loadDriftAddress } from "../../../console/drift/drift-address.ts";
