import "server-only";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

type RuntimeModule = typeof import("../../runtime/index.ts");
type TrpcModule = typeof import("../../trpc/index.ts");

/*
 * Node itself loads Larder's own code, as in every other process; Next bundles the pages only. So native packages, addresses of files
 * and error classes stay what they are, and pages and routes share one instance of all of it.
 */
function load<T>(path: string): Promise<T> {
  return import(/* turbopackIgnore: true */ pathToFileURL(join(/* turbopackIgnore: true */ process.cwd(), path)).href) as Promise<T>;
}

export const loadRuntime = () => load<RuntimeModule>("src/runtime/index.ts");
export const loadTrpc = () => load<TrpcModule>("src/trpc/index.ts");
