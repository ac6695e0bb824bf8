export { type CreateRuntimeOptions, createRuntime } from "./create-runtime.ts";
export { type OpenedDatabase, openDatabase } from "./database/connect-database.ts";
export { tryLockExclusive, underFileLock } from "./database/file-lock.ts";
export { migrateDatabase } from "./database/migrate.ts";
export { type Environment, readEnvironment } from "./environment.ts";
export { openOfflineStore } from "./offline-store.ts";
export { resolveVariables } from "./resolve-variables.ts";
export type { Runtime } from "./runtime.ts";
