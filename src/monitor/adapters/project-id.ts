import type { Prisma, PrismaClient } from "../../../prisma/generated/client.ts";
import { LarderError } from "../../kit/index.ts";

/** Throws not_found. */
export async function requireProjectId(prisma: PrismaClient | Prisma.TransactionClient, name: string): Promise<number> {
  const found = await prisma.project.findUnique({ where: { name }, select: { id: true } });
  if (found === null) throw new LarderError("not_found", `There is no project ${name}.`);
  return found.id;
}
