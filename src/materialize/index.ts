export type {
  MaterializeDeps,
  MaterializePreview,
  MaterializeReceipt,
  MaterializeWindow,
  OnlineStores,
  StartedRuns,
} from "./port.ts";
