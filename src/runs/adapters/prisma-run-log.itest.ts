import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll } from "vitest";
import { PrismaClient } from "../../../prisma/generated/client.ts";
import { silentLogger } from "../../kit/index.ts";
import { prismaTransactor } from "../../registry/adapters/prisma.ts";
import { withDatabase } from "../../testing/world.ts";
import { type RunLogWorld, runLogContract } from "../run-log.contract.ts";
import { prismaRunLog } from "./prisma-run-log.ts";

let world: RunLogWorld;
let dispose: () => Promise<void>;

beforeAll(async () => {
  const database = await withDatabase();
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 8 }) });
  await prisma.project.create({ data: { name: "demo", onlineId: "demo" } });
  const runLog = prismaRunLog({ prisma, databaseUrl: database.url, logger: silentLogger });
  world = { runLog, transactor: prismaTransactor(prisma), project: "demo" };
  dispose = async () => {
    await prisma.$disconnect();
    await database.dispose();
  };
});

afterAll(() => dispose());

runLogContract(() => world);
