import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { PrismaClient } from "../../../prisma/generated/client.ts";
import type { AuditEntry } from "../../domain/index.ts";
import type { Transactor } from "../../kit/index.ts";
import { prismaTransactor } from "../../registry/adapters/prisma.ts";
import { localOwner } from "../../testing/builders.ts";
import { withDatabase } from "../../testing/world.ts";
import { prismaAuditLog, verifyAuditChain } from "./prisma-audit-log.ts";

const audit = prismaAuditLog();
let prisma: PrismaClient;
let transactor: Transactor;
let dispose: () => Promise<void>;

beforeAll(async () => {
  const database = await withDatabase();
  prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 10 }) });
  transactor = prismaTransactor(prisma);
  dispose = async () => {
    await prisma.$disconnect();
    await database.dispose();
  };
});
afterAll(() => dispose());
beforeEach(async () => {
  await prisma.auditRow.deleteMany();
  await prisma.auditHead.update({ where: { id: 1 }, data: { rows: 0, hash: "" } });
});

function entry(action: string): AuditEntry {
  const detail = { action, rows: 12_345_678_901_234_567_890n, share: 0.1, huge: 1e21, text: 'ü "quoted" \\', list: [null, true] };
  return { at: BigInt(Date.now()) * 1000n + 7n, actor: localOwner, action, project: "rides", subject: "feature_view:x", detail };
}

function record(...entries: readonly AuditEntry[]): Promise<void> {
  return transactor.transact((tx) => audit.record(tx, ...entries));
}

test("what was recorded reads back as it was hashed", async () => {
  await record(entry("added"));
  await record(entry("changed"), entry("removed"));
  await record();
  const rows = await prisma.auditRow.findMany({ orderBy: { id: "asc" } });
  expect(rows.map(({ action }) => action)).toEqual(["added", "changed", "removed"]);
  expect(rows[0]).toMatchObject({ previous: "", actor: { kind: "user", id: "local", name: "local owner" } });
  expect(rows[1]?.previous).toBe(rows[0]?.hash);
  expect(await verifyAuditChain(prisma)).toBeNull();
});

test("many writers at once make one chain", async () => {
  await Promise.all(Array.from({ length: 40 }, (_, writer) => record(entry(`act ${writer}`), entry(`second ${writer}`))));
  expect(await prisma.auditRow.count()).toBe(80);
  expect(await verifyAuditChain(prisma)).toBeNull();
});

test("a transaction that is rolled back leaves no line and no gap", async () => {
  await record(entry("before"));
  const failed = transactor.transact(async (tx) => {
    await audit.record(tx, entry("never happened"));
    throw new Error("the act failed");
  });
  await expect(failed).rejects.toThrow("the act failed");
  await record(entry("after"));
  expect(await prisma.auditRow.count()).toBe(2);
  expect(await verifyAuditChain(prisma)).toBeNull();
});

test("a long trail is read in parts", async () => {
  await record(...Array.from({ length: 2_500 }, (_, index) => entry(`act ${index}`)));
  expect(await verifyAuditChain(prisma)).toBeNull();
});

test.each([
  ["removed", "DELETE FROM audit_row WHERE action = 'b'", 2],
  ["removed at the end", "DELETE FROM audit_row WHERE action = 'c'", 2],
  ["changed", `UPDATE audit_row SET detail = '{"rows": 1}' WHERE action = 'b'`, 2],
  ["put under another name", `UPDATE audit_row SET actor = '{"kind": "user", "id": "x", "name": "Mallory"}' WHERE action = 'c'`, 3],
])("a line that was %s shows", async (_what, sql, line) => {
  await record(entry("a"), entry("b"), entry("c"));
  await prisma.$executeRawUnsafe(sql);
  expect(await verifyAuditChain(prisma)).toMatchObject({ line });
});
