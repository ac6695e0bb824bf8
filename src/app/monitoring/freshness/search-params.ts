export { freshnessInput, loadFreshnessAddress } from "../../../console/monitor/freshness-address.ts";
