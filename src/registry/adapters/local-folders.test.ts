import { mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withFolder } from "../../testing/world.ts";
import type { DataFolders } from "../data-folders.ts";
import { localFolders } from "./local-folders.ts";

let world: Awaited<ReturnType<typeof withFolder>>;
let base = "";
let folders: DataFolders;
const at = (...parts: string[]) => join(base, ...parts);

beforeAll(async () => {
  world = await withFolder();
  base = await realpath(world.path);
  for (const folder of ["data/daily", "data/.hidden", "data/node_modules", "outside", "data/home/demo"]) await mkdir(at(folder), { recursive: true });
  for (const file of ["data/a.parquet", "data/b.csv.gz", "data/notes.txt", "data/daily/1.jsonl", "outside/secret.csv", "data/.hidden/x.csv"])
    await writeFile(at(file), "x");
  await writeFile(at("data/home/x.csv"), "x");
  await writeFile(at("data/home/demo/y.csv"), "x");
  await symlink(at("outside"), at("data/escape"));
  await symlink(at("outside/secret.csv"), at("data/escape.csv"));
  await symlink(at("data/daily"), at("data/inside"));
  folders = localFolders({ roots: [at("data"), at("data/home/demo"), at("missing"), at("data")], home: at("data/home") });
});
afterAll(() => world.dispose());

describe("the folders that sources may be made from", () => {
  it("are the roots that are there, each once", async () => {
    expect(await folders.roots()).toEqual([{ path: at("data"), name: "data" }]);
    const apart = localFolders({ roots: [at("data/daily"), at("outside")], home: at("home") });
    expect((await apart.roots()).map(({ name }) => name)).toEqual(["daily", "outside"]);
  });

  it("show folders and readable files; links out of them, hidden names and Larder's own data do not show", async () => {
    const listing = await folders.list(at("data"));
    expect(listing).toMatchObject({ path: at("data"), parent: null, root: { name: "data" } });
    expect(listing.folders.map(({ name }) => name)).toEqual(["daily", "inside"]);
    expect(listing.files.map(({ name, format, bytes }) => [name, format, bytes])).toEqual([
      ["a.parquet", "parquet", 1],
      ["b.csv.gz", "csv", 1],
    ]);
    expect(listing.hidden).toBe(4); // escape, escape.csv, home, notes.txt
    expect(await folders.list(at("data/daily"))).toMatchObject({ parent: at("data"), files: [{ name: "1.jsonl" }] });
  });

  it("may lie inside Larder's own data where they are roots themselves", async () => {
    const demo = localFolders({ roots: [at("data/home/demo")], home: at("data/home") });
    expect((await demo.list(at("data/home/demo"))).files).toMatchObject([{ name: "y.csv" }]);
    await expect(demo.list(at("data/home"))).rejects.toMatchObject({ code: "permission_denied" });
  });

  it.each(["outside", "data/../outside", "data/escape", "data/.hidden", "data/node_modules", "data/home", "", "nowhere/at/all"])(
    "refuse to be left: %s",
    async (path) => {
      await expect(folders.list(at(path))).rejects.toMatchObject({ code: "permission_denied", message: expect.stringContaining("LARDER_DATA_ROOTS") });
    },
  );

  it("say when there is no such folder inside", async () => {
    await expect(folders.list(at("data/nowhere"))).rejects.toMatchObject({ code: "not_found" });
    await expect(folders.list(at("data/a.parquet"))).rejects.toMatchObject({ code: "not_found" });
    await expect(folders.list("data")).rejects.toMatchObject({ code: "permission_denied" });
  });
});

describe("the path of a source", () => {
  it.each(["data/a.parquet", "data/daily", "data/daily/*.jsonl", "data/**/*.jsonl", "data/inside/1.jsonl", "data/to come.csv", "data/none/*.csv"])(
    "may be %s",
    async (path) => {
      expect(await folders.reasonOutside(at(path))).toBeNull();
    },
  );

  it.each(["outside/secret.csv", "outside/*.csv", "data/escape/secret.csv", "data/escape.csv", "data/*.csv", "data/.hidden/x.csv", "*/*.csv"])(
    "may not be %s",
    async (path) => {
      expect(await folders.reasonOutside(at(path))).toContain("outside of the folders");
    },
  );

  it("is absolute and goes straight down", async () => {
    expect(await folders.reasonOutside("data/a.parquet")).toContain("must be absolute");
    expect(await folders.reasonOutside(at("data/$" + "{HOME}"))).toContain("must be absolute");
    expect(await folders.reasonOutside(`${at("data/daily")}/../a.parquet`)).toContain("must not go up");
    expect(await folders.reasonOutside(`${at("data")}/*/../../outside/*.csv`)).toContain("must not go up");
  });
});
