export { loadViewAddress } from "../../../console/view/view-address.ts";
