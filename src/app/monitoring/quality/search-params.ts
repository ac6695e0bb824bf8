export { loadQualityAddress, qualityInput } from "../../../console/monitor/quality-address.ts";
