export { lineageInput, loadLineageAddress } from "../../console/lineage/lineage-address.ts";
