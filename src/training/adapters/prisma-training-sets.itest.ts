import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll } from "vitest";
import { PrismaClient } from "../../../prisma/generated/client.ts";
import { prismaTransactor } from "../../registry/adapters/prisma.ts";
import { withDatabase } from "../../testing/world.ts";
import { type TrainingSetsWorld, trainingSetsContract } from "../training-sets.contract.ts";
import { prismaTrainingSets } from "./prisma-training-sets.ts";

let world: TrainingSetsWorld;
let dispose: () => Promise<void>;

beforeAll(async () => {
  const database = await withDatabase();
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 4 }) });
  await prisma.project.create({ data: { name: "demo", onlineId: "demo" } });
  world = { trainingSets: prismaTrainingSets({ prisma }), transactor: prismaTransactor(prisma), project: "demo" };
  dispose = async () => {
    await prisma.$disconnect();
    await database.dispose();
  };
});

afterAll(() => dispose());

trainingSetsContract(() => world);
