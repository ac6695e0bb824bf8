import { expect, test } from "vitest";
import { diffSchemas } from "./migration.mjs";

const schema = (...fields: readonly string[]) => `datasource db {\n provider = "postgresql"\n}\nmodel Fruit {\n id Int @id\n ${fields.join("\n ")}\n}`;

test("a migration is what leads from one schema to the next", async () => {
  expect(await diffSchemas(null, schema())).toMatch(/^-- CreateTable\nCREATE TABLE "Fruit"/);
  expect(await diffSchemas(schema(), schema("name String?"))).toContain('ALTER TABLE "Fruit" ADD COLUMN     "name" TEXT;');
  expect(await diffSchemas(schema(), `// a comment\n${schema()}`)).toBe("");
});
