import { mkdir, rename, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LarderError } from "../../../kit/index.ts";
import { aFileSource } from "../../../testing/builders.ts";
import { withFolder } from "../../../testing/world.ts";
import { locateFiles, overUnchangedFiles } from "./locate-files.ts";

let folder: string;
let dispose: () => Promise<void>;
beforeAll(async () => {
  ({ path: folder, dispose } = await withFolder());
  await mkdir(join(folder, "data/day=2"), { recursive: true });
  await mkdir(join(folder, "data/_temporary"), { recursive: true });
  for (const file of ["data/day=2/b.parquet", "data/a.parquet", "data/_temporary/x.parquet", "data/_SUCCESS", "data/notes.txt", "[odd] name*.parquet"])
    await writeFile(join(folder, file), "x");
});
afterAll(() => dispose());

describe("locateFiles", () => {
  test.each([
    ["data", ["a.parquet", "b.parquet"], true],
    ["data/*.parquet", ["a.parquet"], false],
    ["data/**/*.parquet", ["x.parquet", "a.parquet", "b.parquet"], true],
    ["data/a.parquet", ["a.parquet"], false],
    ["[odd] name*.parquet", ["[odd] name*.parquet"], false],
    ["none/*.parquet", [], false],
  ])("%s", async (path, names, hasPartitions) => {
    const found = await locateFiles(aFileSource({ path: join(folder, path) }), {});
    expect(found.files.map((file) => basename(file.path))).toEqual(names);
    expect(found.hasPartitions).toBe(hasPartitions);
  });
});

describe("overUnchangedFiles", () => {
  const replace = async (path: string, second: number): Promise<void> => {
    await writeFile(`${path}.new`, "y");
    await utimes(`${path}.new`, second, second);
    await rename(`${path}.new`, path);
  };
  const some = async () => (await locateFiles(aFileSource({ path: join(folder, "data/a.parquet") }), {})).files;

  test("works again when a file was replaced meanwhile, whatever came of the first try", async () => {
    const files = await some();
    let tries = 0;
    const result = await overUnchangedFiles(files, async () => {
      tries += 1;
      if (tries > 1) return "good";
      await replace(join(folder, "data/a.parquet"), 1);
      throw new Error("half of the old file, half of the new");
    });
    expect([result, tries]).toEqual(["good", 2]);
  });

  test("gives up on a file that never rests, to be tried again later", async () => {
    let second = 100;
    const work = overUnchangedFiles(await some(), () => replace(join(folder, "data/a.parquet"), second++));
    await expect(work).rejects.toMatchObject({ code: "unavailable", retryable: true });
  });

  test("a failure over files at rest is the failure", async () => {
    const failure = new LarderError("invalid_definition", "no Parquet");
    await expect(overUnchangedFiles(await some(), () => Promise.reject(failure))).rejects.toBe(failure);
  });
});
