export { loadParityAddress, parityInput } from "../../../console/parity/parity-address.ts";
