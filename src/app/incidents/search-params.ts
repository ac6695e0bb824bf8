export { incidentsInput, loadIncidentsAddress } from "../../console/incident/incidents-address.ts";
