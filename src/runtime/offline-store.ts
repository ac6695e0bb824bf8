import { duckdbOfflineStore } from "../offline/adapters/duckdb.ts";
import type { Environment } from "./environment.ts";
import { spillDirectory } from "./sweep-spill.ts";

/** The offline store of this machine, without a registry; `name` is the process's. */
export function openOfflineStore(environment: Environment, name: string): ReturnType<typeof duckdbOfflineStore> {
  return duckdbOfflineStore({
    memoryLimitMb: environment.duckdbMemoryMb,
    tempDirectory: spillDirectory(environment.home, name, process.pid),
    env: environment.variables,
  });
}
