import type { migrateDatabase, openDatabase, openOfflineStore, resolveVariables, tryLockExclusive, underFileLock } from "../runtime/index.ts";

/** What commands need of this machine where there is no runtime; the composition root's own, handed in by main.ts. */
export interface Machine {
  readonly openDatabase: typeof openDatabase;
  readonly openOfflineStore: typeof openOfflineStore;
  readonly migrateDatabase: typeof migrateDatabase;
  readonly resolveVariables: typeof resolveVariables;
  readonly tryLockExclusive: typeof tryLockExclusive;
  readonly underFileLock: typeof underFileLock;
}
