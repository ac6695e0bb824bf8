import { describeOnlineStore } from "../online-store.contract.ts";
import { memoryOnlineStore } from "./memory.ts";

describeOnlineStore("memory", async () => {
  const store = memoryOnlineStore();
  return { store, other: store, flush: async () => store.flush(), dispose: () => store.dispose() };
});
