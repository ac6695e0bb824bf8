import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Definition, Feature, ValueType } from "../domain/index.ts";
import { aFileSource, anEntity, aService, aView, someFeatures, sqliteSettings } from "../testing/builders.ts";
import { withFolder } from "../testing/world.ts";
import { exportRepo, loadRepo } from "./index.ts";

const TSC = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
const run = promisify(execFile);

let world: Awaited<ReturnType<typeof withFolder>>;
let base = "";
beforeAll(async () => {
  world = await withFolder();
  base = await realpath(world.path);
});
afterAll(() => world.dispose());

const entity = anEntity({
  description: 'A "driver"\nof the fleet',
  owner: "fleet@example.com",
  tags: { tier: "gold", "cost-centre": "12", ["__proto__"]: "x" },
});
const feature = (name: string, type: ValueType): Feature => ({ name, type, column: name, description: "", tags: {} });
const view = aView({
  team: "fleet",
  ttlSeconds: 7_200,
  freshnessSeconds: 90,
  schedule: "0 * * * *",
  online: false,
  transform: "select *, `a$b` as c\nfrom input where x = '${y}' and z = '\\n'",
  features: [
    { name: "constructor", type: "float32", column: "a b", description: "", tags: { pii: "no" } },
    ...someFeatures({ conv_rate: "float32", trips: "int64[]" }),
    { ...feature("share", "float64"), expect: { min: -0.5, max: 1e21, nullRateMax: 0.25, onFailure: "block" } },
    { ...feature("total", "int64"), expect: { min: "-9223372036854775808", allowed: [7, "9007199254740993"], unique: true, onFailure: "warn" } },
    { ...feature("band", "string"), expect: { allowed: ["1", 'a"b'], onFailure: "warn" } },
  ],
});
const service = aService(
  {},
  {
    projections: [
      { view: "driver_stats", features: ["conv_rate", "trips"], alias: "live", joinKeyMap: { driver_id: "best_driver" } },
      { view: "driver_stats", features: null, alias: null, joinKeyMap: {} },
    ],
  },
);

/** The definitions that the console could hold, with a file beside the repo and one far away. */
function definitions(): readonly Definition[] {
  const near = join(base, "data/driver_stats.parquet");
  return [
    entity,
    aFileSource({ path: near, pathAsWritten: near }),
    aFileSource({ name: "far", path: "/mnt/lake/day=*/part", pathAsWritten: "/mnt/lake/day=*/part", format: "jsonl", createdTimestampColumn: null }),
    view,
    service,
    aView({ name: "one_row", entities: [], source: "far", features: someFeatures({ speed: "float64" }) }),
  ];
}

function exportTo(folder: string, all = definitions(), isShared = false) {
  return exportRepo({ dir: join(base, folder), project: "rides", settings: sqliteSettings, definitions: all, isShared });
}

async function textsOf(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(join(base, folder), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path.slice(base.length), await readFile(path, "utf8")])));
}

function sameButForWriting(definition: Definition): Definition {
  return definition.kind === "data_source" && definition.type === "file" ? { ...definition, pathAsWritten: definition.path } : definition;
}

describe("an exported repo", { timeout: 60_000 }, () => {
  it("type-checks, and loads as exactly what was exported", async () => {
    await exportTo("new");
    await run(process.execPath, [TSC, "-p", join(base, "new"), "--pretty", "false"]);
    const { project, problems, definitions: loaded } = await loadRepo(join(base, "new"));
    expect([project, problems]).toEqual(["rides", []]);
    const byKey = (all: readonly Definition[]) => [...all].sort((a, b) => (`${a.kind}${a.name}` < `${b.kind}${b.name}` ? -1 : 1));
    expect(byKey(loaded.map(({ definition }) => sameButForWriting(definition)))).toEqual(byKey(definitions()));
  });

  it("is the same bytes each time, in whatever order, and writing it again changes nothing", async () => {
    await exportTo("first/repo");
    await exportTo("second/repo", [...definitions()].reverse());
    const [first, second] = [await textsOf("first/repo"), await textsOf("second/repo")];
    expect(Object.values(second)).toEqual(Object.values(first));
    expect((await exportTo("first/repo")).files.every(({ state }) => state === "unchanged")).toBe(true);
    expect(await textsOf("first/repo")).toEqual(first);
    expect(
      Object.keys(first)
        .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
        .map((file) => file.replace("/first/repo/", "")),
    ).toEqual([
      "data_sources/driver_stats.ts",
      "data_sources/far.ts",
      "entities/driver.ts",
      "feature_services/driver_activity.ts",
      "feature_views/driver_stats.ts",
      "feature_views/one_row.ts",
    ]);
  });

  it("reads as a person would write it", async () => {
    await exportTo("read");
    const texts = await textsOf("read");
    expect(texts["/read/data_sources/driver_stats.ts"]).toBe(`import { fileSource } from "larder";

export const driverStatsSource = fileSource({
  name: "driver_stats",
  path: "../../data/driver_stats.parquet",
  timestampField: "datetime",
  createdTimestampColumn: "created",
});
`);
    expect(texts["/read/feature_services/driver_activity.ts"]).toBe(`import { featureService } from "larder";
import { driverStatsView } from "../feature_views/driver_stats.ts";

export const driverActivityService = featureService({
  name: "driver_activity",
  features: [
    driverStatsView.pick("conv_rate", "trips").as("live", { driver_id: "best_driver" }),
    driverStatsView,
  ],
});
`);
  });
});

describe("an export into a repo that is there", { timeout: 60_000 }, () => {
  const extra = aView({ name: "extra", features: someFeatures({ conv_rate: "float32" }) });

  async function ownRepo(folder: string): Promise<void> {
    await mkdir(join(base, folder));
    await cp(join(import.meta.dirname, "template"), join(base, folder), { recursive: true });
    const settings = join(base, folder, "feature_store.yaml");
    await writeFile(settings, (await readFile(settings, "utf8")).replace(/^project: .*$/m, "project: rides"));
  }

  it("refers to what its files export, under their names", async () => {
    await ownRepo("own");
    await exportTo("own", [extra], true);
    const text = await readFile(join(base, "own/feature_views/extra.ts"), "utf8");
    expect(text).toContain('import { driver } from "../entities.ts";');
    const { problems, definitions: loaded } = await loadRepo(join(base, "own"));
    expect(problems).toEqual([]);
    expect(loaded.find(({ definition }) => definition.name === "extra")?.definition).toEqual(extra);
    expect((await exportTo("own", [extra], true)).files).toEqual([{ file: "feature_views/extra.ts", state: "unchanged" }]);
  });

  it("leaves out what a file of its own defines, and overwrites nothing", async () => {
    await ownRepo("mine");
    const answer = await exportTo("mine", [anEntity(), extra], true);
    expect(answer.present).toEqual([{ kind: "entity", name: "driver", file: "entities.ts" }]);
    await writeFile(join(base, "mine/feature_views/extra.ts"), "// mine\n");
    await expect(exportTo("mine", [extra, anEntity({ name: "other" })], true)).rejects.toMatchObject({ code: "already_exists" });
    await expect(readFile(join(base, "mine/entities/other.ts"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("is refused for a repo of another project, away from the repo that manages the rest, and without what it refers to", async () => {
    await ownRepo("other");
    const other = { dir: join(base, "other"), project: "elsewhere", settings: sqliteSettings, definitions: [extra], isShared: false };
    await expect(exportRepo(other)).rejects.toMatchObject({ code: "invalid_argument", message: expect.stringContaining("rides") });
    await expect(exportTo("away", [extra], true)).rejects.toMatchObject({ code: "failed_precondition" });
    await expect(exportTo("alone", [extra])).rejects.toMatchObject({ code: "failed_precondition", message: expect.stringContaining("entity:driver") });
  });
});
