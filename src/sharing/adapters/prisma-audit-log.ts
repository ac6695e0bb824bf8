import type { Prisma, PrismaClient } from "../../../prisma/generated/client.ts";
import type { Actor, AuditLog } from "../../domain/index.ts";
import { databaseError, type Json, LarderError, type Transaction, transactionHandle } from "../../kit/index.ts";
import { type AuditHead, auditLine, type BrokenLink, type ChainedLine, chainFollower, chainLines } from "../audit-chain.ts";

const CHUNK = 1_000;

/** The audit trail in PostgreSQL. Writers take turns on the head's row, each until its transaction ends, so that the chain never forks. */
export function prismaAuditLog(): AuditLog {
  return {
    async record(tx, ...entries) {
      if (entries.length === 0) return;
      const client = clientOf(tx);
      const head = await takeHead(client);
      const lines = chainLines(head.hash, entries.map(auditLine));
      for (let start = 0; start < lines.length; start += CHUNK) await insertLines(client, lines.slice(start, start + CHUNK));
      const last = lines.at(-1)?.hash ?? head.hash;
      await client.auditHead.update({ where: { id: 1 }, data: { rows: head.rows + lines.length, hash: last } });
    },
  };
}

/** prismaTransactor opened it: it is Prisma's client. */
function clientOf(tx: Transaction): Prisma.TransactionClient {
  return transactionHandle(tx) as Prisma.TransactionClient;
}

async function takeHead(client: Prisma.TransactionClient): Promise<AuditHead> {
  const [head] = await client.$queryRaw<AuditHead[]>`SELECT rows, hash FROM audit_head WHERE id = 1 FOR UPDATE`;
  if (head === undefined) throw new LarderError("internal", "The audit trail has lost its head (table audit_head): it cannot be continued.");
  return head;
}

/** Ids are given in the order of the chain. */
async function insertLines(client: Prisma.TransactionClient, lines: readonly ChainedLine[]): Promise<void> {
  const rows = JSON.stringify(lines.map((line, position) => ({ ...line, position })));
  await client.$executeRaw`
    INSERT INTO audit_row (at, actor, action, project, subject, detail, previous, hash)
    SELECT r.at, r.actor, r.action, r.project, r.subject, r.detail, r.previous, r.hash
    FROM jsonb_to_recordset(${rows}::jsonb)
      AS r(position int, at timestamptz, actor jsonb, action text, project text, subject text, detail jsonb, previous text, hash text)
    ORDER BY r.position`;
}

/** Reads the whole trail in order; null when nothing was removed, changed or moved, else the first place where it breaks. */
export async function verifyAuditChain(prisma: PrismaClient): Promise<BrokenLink | null> {
  const chain = chainFollower();
  const readAndCheck = async (client: Prisma.TransactionClient): Promise<BrokenLink | null> => {
    for (let after = 0n; ; ) {
      const rows = await client.auditRow.findMany({ where: { id: { gt: after } }, orderBy: { id: "asc" }, take: CHUNK });
      for (const { id, at, actor, detail, ...texts } of rows) {
        const line = { ...texts, at: at.toISOString(), actor: actor as Pick<Actor, "kind" | "id" | "name">, detail: detail as Json };
        const broken = chain.check(line);
        if (broken !== null) return broken;
        after = id;
      }
      if (rows.length < CHUNK) break;
    }
    return chain.end((await client.auditHead.findUnique({ where: { id: 1 } })) ?? { rows: 0, hash: "" });
  };
  try {
    return await prisma.$transaction(readAndCheck, { isolationLevel: "RepeatableRead", maxWait: 10_000, timeout: 600_000 });
  } catch (error) {
    throw databaseError(error);
  }
}
