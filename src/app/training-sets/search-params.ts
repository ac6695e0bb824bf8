export { loadTrainingAddress, trainingInput } from "../../console/training/training-address.ts";
