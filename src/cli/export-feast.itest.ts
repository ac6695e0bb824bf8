import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, startServe } from "../http/start-serve.ts";
import { startMaterialize } from "../materialize/index.ts";
import { aFileSource, anEntity, aService, aView, someFeatures } from "../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { pythonVenv } from "../testing/python-venv.ts";
import { startWorker, type Worker } from "../worker/index.ts";

const run = promisify(execFile);
const main = fileURLToPath(new URL("main.ts", import.meta.url));
const venv = await pythonVenv("feast");

const zone = anEntity({
  name: "zone",
  joinKeys: [
    { name: "city", type: "string" },
    { name: "cell", type: "int32" },
  ],
});
const driverStats = aView({
  description: 'What "they" did',
  tags: { tier: "gold" },
  owner: "fleet@example.com",
  ttlSeconds: 86_400 * 36_500,
  schedule: "0 * * * *",
  features: [
    ...someFeatures({ conv_rate: "float32", trips: "int64", badges: "string[]" }),
    { name: "note", type: "string", column: "comment", description: "", tags: {} },
  ],
});
const percent = aView({
  name: "driver_percent",
  transform: "select driver_id, datetime, created, conv_rate * 100 as conv_rate from input",
  features: someFeatures({ conv_rate: "float64" }),
});
const weather = aView({ name: "weather", entities: ["zone"], source: "zone_weather", features: someFeatures({ temperature: "float64" }) });
const trip = aService(
  {},
  {
    name: "trip",
    projections: [
      { view: "driver_stats", features: ["trips"], alias: null, joinKeyMap: {} },
      { view: "weather", features: null, alias: "pickup", joinKeyMap: { city: "from_city", cell: "from_cell" } },
    ],
  },
);

const NOON = "timestamptz '2026-01-01 12:00:00Z'";

describe.skipIf(venv === null)("larder export feast", () => {
  let world: PipelineWorld;
  let worker: Worker;
  let server: RunningServer;
  let folder: string;

  beforeAll(async () => {
    world = await pipelineWorld();
    const stats = await writeParquet(
      world.home,
      "driver_stats.parquet",
      `select i::bigint driver_id, ${NOON} datetime, ${NOON} created, (i / 4.0)::float conv_rate, 9007199254740993::bigint + i trips,
       ['gold', 'fast'] badges, 'driver ' || i as comment from range(1, 4) t(i)`,
    );
    const zones = await writeParquet(
      world.home,
      "zones.parquet",
      `select 'Oslo' city, i::int cell, ${NOON} datetime, i + 0.5::double temperature from range(1, 4) t(i)`,
    );
    const sources = [aFileSource({ path: stats }), aFileSource({ name: "zone_weather", path: zones, createdTimestampColumn: null })];
    await world.apply([anEntity(), zone, ...sources, driverStats, percent, weather, trip]);
    worker = await startWorker(world.runtime);
    server = await startServe({ runtime: world.runtime, host: "127.0.0.1", port: 0 });
    const window = { kind: "everything" } as const;
    const { runs } = await startMaterialize(world.runtime, { actor: world.runtime.localOwner, project: world.project, views: null, window });
    for (const { run: id } of runs) expect(await world.follow(id)).toMatchObject({ state: "succeeded" });
    folder = join(world.home, "feast");
  });
  afterAll(async () => {
    await server?.stop();
    await worker?.stop();
    await world?.dispose();
  });

  const larder = (...args: readonly string[]) => run(process.execPath, [main, ...args, "--project", world.project], { env: { ...process.env, ...world.env } });
  const exportTo = (dir: string) => larder("export", "feast", dir, "--serve-url", server.url, "--json");
  const env = () => ({ ...process.env, PATH: `${venv?.bin}:${process.env.PATH}`, PYTHONDONTWRITEBYTECODE: "", PYTHONWARNINGS: "ignore" });
  const python = async (script: string): Promise<unknown> => {
    const head = 'import json\nfrom datetime import datetime, timezone\nfrom feast import FeatureStore\nstore = FeatureStore(repo_path=".")\n';
    const { stdout } = await run("python", ["-c", head + script], { cwd: folder, env: env() });
    return JSON.parse(stdout);
  };

  it("writes the same bytes again, says what Feast has no place for, and leaves alone what somebody wrote", async () => {
    const { stdout } = await exportTo(folder);
    const { notes, files } = JSON.parse(stdout) as { notes: { name: string; severity: string }[]; files: string[] };
    expect(notes.filter(({ severity }) => severity === "warning").map(({ name }) => name)).toEqual(["driver_percent"]);
    const read = () => Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
    const first = await read();
    await exportTo(folder);
    expect(await read()).toEqual(first);
    const own = join(world.home, "own");
    await mkdir(own);
    await writeFile(join(own, "feature_store.yaml"), "project: mine\n");
    await expect(exportTo(own)).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining("already_exists") });
    expect(await readFile(join(own, "feature_store.yaml"), "utf8")).toBe("project: mine\n");
  });

  it("is a repo that the Feast SDK applies and knows everything of", async () => {
    await run("feast", ["apply"], { cwd: folder, env: env() });
    const views = await python(
      "print(json.dumps({v.name: [[f.name, str(f.dtype)] for f in v.entity_columns + v.features] + [v.description, v.owner, v.tags] for v in store.list_feature_views()}))",
    );
    expect(views).toMatchObject({
      driver_stats: [
        ["driver_id", "Int64"],
        ["conv_rate", "Float32"],
        ["trips", "Int64"],
        ["badges", "Array(String)"],
        ["note", "String"],
        'What "they" did',
        "fleet@example.com",
        { tier: "gold" },
      ],
      weather: [["city", "String"], ["cell", "Int32"], ["temperature", "Float64"], "", "", {}],
    });
  });

  it("reads from Larder what Larder holds: by features, by service, by composite keys", async () => {
    const answer = await python(`
by_features = store.get_online_features(
    features=["driver_stats:conv_rate", "driver_stats:trips", "driver_stats:badges", "driver_stats:note"],
    entity_rows=[{"driver_id": 2}, {"driver_id": 99}, {"driver_id": 2}],
).to_dict()
by_view = store.get_online_features(features=["weather:temperature"], entity_rows=[{"city": "Oslo", "cell": 3}]).to_dict()
transformed = store.get_online_features(features=["driver_percent:conv_rate"], entity_rows=[{"driver_id": 3}]).to_dict()
service = store.get_online_features(
    features=store.get_feature_service("trip"), entity_rows=[{"driver_id": 1, "from_city": "Oslo", "from_cell": 1}], full_feature_names=True,
).to_dict()
print(json.dumps([by_features, by_view, transformed, {name: [str(value) for value in values] for name, values in service.items()}]))
`);
    expect(answer).toEqual([
      {
        driver_id: [2, 99, 2],
        conv_rate: [0.5, null, 0.5],
        trips: [Number(9007199254740995n), null, Number(9007199254740995n)],
        badges: [["gold", "fast"], null, ["gold", "fast"]],
        note: ["driver 2", null, "driver 2"],
      },
      { city: ["Oslo"], cell: [3], temperature: [3.5] },
      { driver_id: [3], conv_rate: [75] },
      { driver_id: ["1"], from_city: ["Oslo"], from_cell: ["1"], driver_stats__trips: ["9007199254740994"], pickup__temperature: ["1.5"] },
    ]);
  });

  it("reads history from the same files, under the features' names", async () => {
    const rows = await python(`
import pandas as pd
entities = pd.DataFrame({"driver_id": [1, 3], "event_timestamp": [datetime(2026, 1, 2, tzinfo=timezone.utc)] * 2})
frame = store.get_historical_features(entity_df=entities, features=["driver_stats:conv_rate", "driver_stats:note"]).to_df()
print(frame.sort_values("driver_id")[["driver_id", "conv_rate", "note"]].to_json(orient="values"))
`);
    expect(rows).toEqual([
      [1, 0.25, "driver 1"],
      [3, 0.75, "driver 3"],
    ]);
  });
});
