export { loadRunsAddress, runsInput } from "../../console/run/runs-address.ts";
