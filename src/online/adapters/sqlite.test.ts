import { rm } from "node:fs/promises";
import { join } from "node:path";
import { withFolder } from "../../testing/world.ts";
import { describeOnlineStore } from "../online-store.contract.ts";
import { sqliteOnlineStore } from "./sqlite.ts";

describeOnlineStore("sqlite", async () => {
  const folder = await withFolder();
  const path = join(folder.path, "made", "on", "demand", "online.db");
  const [store, other] = [sqliteOnlineStore({ path }), sqliteOnlineStore({ path })];
  return {
    store,
    other,
    flush: async () => {
      for (const part of ["", "-wal", "-shm"]) await rm(path + part, { force: true });
    },
    async dispose() {
      await Promise.all([store.dispose(), other.dispose()]);
      await folder.dispose();
    },
  };
});
