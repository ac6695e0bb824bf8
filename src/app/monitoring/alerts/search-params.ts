export { alertsInput, loadAlertsAddress } from "../../../console/alert/alerts-address.ts";
