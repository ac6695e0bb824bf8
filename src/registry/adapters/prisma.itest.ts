import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PrismaClient } from "../../../prisma/generated/client.ts";
import { silentLogger } from "../../kit/index.ts";
import { exampleDefinitions, located, sqliteSettings } from "../../testing/builders.ts";
import { freePort } from "../../testing/free-port.ts";
import { withDatabase } from "../../testing/world.ts";
import type { RegistryCommit } from "../port.ts";
import { type RegistryWorld, registryContract } from "../registry.contract.ts";
import { prismaRegistry, prismaTransactor } from "./prisma.ts";

async function open(): Promise<RegistryWorld & { readonly url: string }> {
  const database = await withDatabase();
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 4 }) });
  return {
    url: database.url,
    registry: prismaRegistry({ prisma, databaseUrl: database.url, logger: silentLogger }),
    transactor: prismaTransactor(prisma),
    async dispose() {
      await prisma.$disconnect();
      await database.dispose();
    },
  };
}

registryContract("PostgreSQL", open);
registryContract("PostgreSQL without trigrams", async () => {
  const world = await open();
  const admin = new pg.Client(world.url);
  await admin.connect();
  await admin.query("DROP EXTENSION pg_trgm CASCADE").finally(() => admin.end());
  return world;
});

describe("a database that goes away", () => {
  let world: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    world = await open();
  });
  afterAll(() => world.dispose());

  const commitOf = (project: string): RegistryCommit => {
    const upserts = located(exampleDefinitions);
    return { project, settings: sqliteSettings, managedBy: "console", expectedRevision: 0, upserts, removals: [] };
  };

  test("a watcher whose connection was cut connects again and hears of what it missed", async () => {
    await world.transactor.transact((tx) => world.registry.commit(tx, commitOf("before")));
    const heard: string[] = [];
    const watch = await world.registry.watch((project) => heard.push(project));
    const admin = new pg.Client(world.url);
    await admin.connect();
    try {
      await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'larder registry watch' AND datname = current_database()",
      );
      await world.transactor.transact((tx) => world.registry.commit(tx, commitOf("meanwhile")));
      await expect.poll(() => [...new Set(heard)].sort(), { timeout: 10_000 }).toEqual(["before", "meanwhile"]);
      heard.length = 0;
      await world.transactor.transact((tx) => world.registry.commit(tx, commitOf("after")));
      await expect.poll(() => heard, { timeout: 5_000 }).toEqual(["after"]);
    } finally {
      await watch.stop();
      await admin.end();
    }
  });

  test("is unavailable, worth a retry", async () => {
    const databaseUrl = `postgresql://larder@127.0.0.1:${await freePort()}/none`;
    const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl }) });
    const registry = prismaRegistry({ prisma, databaseUrl, logger: silentLogger });
    const down = { code: "unavailable", retryable: true };
    await expect(registry.findProject("x")).rejects.toMatchObject(down);
    await expect(registry.snapshot("x")).rejects.toMatchObject(down);
    await expect(registry.catalog({ project: "x", text: "", kinds: ["feature"], sort: "name", page: 1, pageSize: 5 })).rejects.toMatchObject(down);
    await expect(registry.watch(() => {})).rejects.toMatchObject(down);
    await expect(prismaTransactor(prisma).transact((tx) => registry.commit(tx, commitOf("x")))).rejects.toMatchObject(down);
    await prisma.$disconnect();
  });
});
