import { expect, test } from "vitest";
import { pendingMigrations } from "./migrate.ts";

const file = (name: string, checksum = `sum of ${name}`) => ({ name, sql: "", checksum });
const row = (name: string, checksum = `sum of ${name}`, finished = true) => ({ migration_name: name, checksum, finished });
const files = [file("1_init"), file("2_more"), file("3_last")];

test("what the history lacks is pending, in the order of the names", () => {
  expect(pendingMigrations(files, [])).toEqual(files);
  expect(pendingMigrations(files, [row("1_init")]).map((migration) => migration.name)).toEqual(["2_more", "3_last"]);
  expect(
    pendingMigrations(
      files,
      files.map((one) => row(one.name)),
    ),
  ).toEqual([]);
});

test.each([
  ["an edited file", [row("1_init", "another sum")], /1_init was edited after it was applied/],
  ["a database of a newer release", [row("1_init"), row("9_future")], /9_future, this Larder does not/],
  ["a migration another tool left half done", [row("1_init", undefined, false)], /1_init was begun by another tool/],
])("refuses %s", (_name, history, message) => {
  expect(() => pendingMigrations(files, history)).toThrow(message);
});
