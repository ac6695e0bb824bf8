import type { migrateDatabase, openDatabase, processLogger, resolveVariables, tryLockExclusive, underFileLock } from "../runtime/index.ts";

/** What `larder up` needs of this machine before there is a runtime; the composition root's own, handed in by main.ts. */
export interface Machine {
  readonly openDatabase: typeof openDatabase;
  readonly migrateDatabase: typeof migrateDatabase;
  readonly processLogger: typeof processLogger;
  readonly resolveVariables: typeof resolveVariables;
  readonly tryLockExclusive: typeof tryLockExclusive;
  readonly underFileLock: typeof underFileLock;
}
