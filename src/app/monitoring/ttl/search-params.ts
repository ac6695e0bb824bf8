export { expiryInput, loadExpiryAddress } from "../../../console/monitor/expiry-address.ts";
