import { join } from "node:path";
import { LarderError } from "../kit/index.ts";
import type { OnlineStores } from "../materialize/index.ts";
import { redisOnlineStore } from "../online/adapters/redis.ts";
import { sqliteOnlineStore } from "../online/adapters/sqlite.ts";
import type { OnlineStore } from "../online/index.ts";
import type { Project } from "../registry/index.ts";
import type { Environment } from "./environment.ts";
import { resolveVariables } from "./resolve-variables.ts";

/** Opens each store once, at its first use; projects with the same settings share it. */
export function openOnlineStores(environment: Environment): OnlineStores & { dispose(): Promise<void> } {
  const open = new Map<string, OnlineStore>();
  return {
    forProject({ name, settings }: Project): OnlineStore {
      const { type, connectionString } = settings.onlineStore;
      const address = connectionString === null ? null : resolveVariables(connectionString, environment.variables, `online_store of project ${name}`);
      const key = `${type} ${address ?? ""}`;
      const store = open.get(key) ?? openStore(type, address, environment);
      open.set(key, store);
      return store;
    },
    async dispose() {
      await Promise.all([...open.values()].map((store) => store.dispose()));
    },
  };
}

function openStore(type: Project["settings"]["onlineStore"]["type"], address: string | null, environment: Environment): OnlineStore {
  switch (type) {
    case "sqlite":
      return sqliteOnlineStore({ path: address ?? join(environment.home, "online.db") });
    case "redis":
      return redisOnlineStore({ url: redisAddress(address ?? environment.redisUrl ?? "redis://127.0.0.1:6379") });
    case "postgres":
      throw new LarderError("not_built", "The PostgreSQL online store is not built yet.", { hint: "Use type: sqlite or redis in feature_store.yaml." });
  }
}

/** Feast writes `host:port,db=1,password=…`; ioredis wants an address. */
function redisAddress(written: string): string {
  if (written.includes("://")) return written;
  const [hostPort = "", ...options] = written.split(",");
  const option = (name: string) => options.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const password = option("password");
  const user = password === undefined ? "" : `:${encodeURIComponent(password)}@`;
  return `${option("ssl") === "true" ? "rediss" : "redis"}://${user}${hostPort}${option("db") === undefined ? "" : `/${option("db")}`}`;
}
