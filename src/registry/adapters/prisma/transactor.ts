import type { Prisma, PrismaClient } from "../../../../prisma/generated/client.ts";
import { databaseError, openTransaction, type Transaction, type Transactor, transactionHandle } from "../../../kit/index.ts";

/** Prisma's client outside of a transaction or inside of one. */
export type Client = Prisma.TransactionClient;

/** How long a transaction may wait for a connection, and take: an apply of 10,000 views needs some seconds. */
const LIMITS = { maxWait: 10_000, timeout: 120_000 };

/** Transactions of Prisma. Rejects with `unavailable` when the database is down, with a retryable `conflict` when two writers met. */
export function prismaTransactor(prisma: PrismaClient): Transactor {
  return {
    async transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      try {
        return await prisma.$transaction((client) => work(openTransaction(client)), LIMITS);
      } catch (error) {
        throw databaseError(error);
      }
    },
  };
}

/** The client of a transaction that prismaTransactor opened. */
export function clientOf(tx: Transaction): Client {
  return transactionHandle(tx) as Client;
}
