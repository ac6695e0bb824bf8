import { expect, test } from "vitest";
import { databaseError, withDatabaseErrors } from "./database-error.ts";
import { isLarderError, LarderError } from "./errors.ts";

const adapterError = (cause: object) => ({ code: "P2010", message: "Raw query failed", meta: { driverAdapterError: { message: "x", cause } } });

test.each<[string, object, string]>([
  ["nobody listens (pg)", Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), "unavailable"],
  ["nobody listens (Prisma)", { code: "P1001", message: "Can't reach database server" }, "unavailable"],
  ["nobody listens, raw query", adapterError({ kind: "DatabaseNotReachable" }), "unavailable"],
  ["the server stops", adapterError({ kind: "postgres", originalCode: "57P01" }), "unavailable"],
  ["the server starts", adapterError({ kind: "postgres", originalCode: "57P03" }), "unavailable"],
  ["the connection broke in a transaction", new Error("Client has encountered a connection error and is not queryable"), "unavailable"],
  ["no connection was free", { code: "P2028", message: "Transaction API error: Unable to start a transaction in the given time." }, "unavailable"],
  ["two writers met", adapterError({ kind: "TransactionWriteConflict", originalCode: "40P01" }), "conflict"],
])("%s", (_case, error, code) => {
  const translated = databaseError(error);
  expect(isLarderError(translated) && translated.code).toBe(code);
  expect(isLarderError(translated) && translated.retryable).toBe(true);
});

test("text that PostgreSQL cannot hold is said to be the asker's", () => {
  const translated = databaseError(adapterError({ kind: "postgres", originalCode: "22021" }));
  expect(translated).toMatchObject({ code: "invalid_argument", retryable: false });
});

test("other errors stay as they are", () => {
  const division = adapterError({ kind: "postgres", originalCode: "22012" });
  const own = new LarderError("not_found", "no such thing");
  expect(databaseError(division)).toBe(division);
  expect(databaseError(own)).toBe(own);
  expect(databaseError(undefined)).toBeUndefined();
});

test("a wrapped port rejects with the translated error and answers as before", async () => {
  const port = withDatabaseErrors({
    name: "x",
    size: () => 3,
    fine: async (value: number) => value + 1,
    // biome-ignore lint/suspicious/noThenProperty: this is what Prisma's promises look like
    lazy: () => ({ then: (_done: unknown, fail: (error: unknown) => void) => fail({ code: "P1001" }) }),
    down: async () => {
      throw Object.assign(new Error("read"), { code: "ECONNRESET" });
    },
  });
  expect([port.name, port.size(), await port.fine(1)]).toEqual(["x", 3, 2]);
  await expect(port.down()).rejects.toMatchObject({ code: "unavailable" });
  await expect(port.lazy()).rejects.toMatchObject({ code: "unavailable" });
});
