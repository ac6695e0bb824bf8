import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandResult, startLarder } from "../testing/command-line.ts";
import { withDatabase, withFolder } from "../testing/world.ts";

/*
 * The command line as people and scripts use it: the real program, one home and one database for the whole file.
 * `rides` is a repo made by init, with a push source added; `example` is the feature repo that fixes what one looks like, with the lesson's files.
 */

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const TSC = here("../../node_modules/typescript/bin/tsc");
const NOWHERE = "redis://127.0.0.1:1";

const PUSHED = `import { featureView, fileSource, pushSource } from "larder";
import { entity } from "larder";
const car = entity({ name: "car", joinKeys: { car_id: "string" } });
export const history = fileSource({ name: "car_history", path: "data/cars/*.csv", timestampField: "at" });
export const carPush = pushSource({ name: "car_push", batchSource: history });
export const cars = featureView({ name: "cars", entities: [car], schema: { seats: "int32", plate: "string" }, source: carPush, online: true });
export { car };
`;

interface ErrorDocument {
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null };
}

interface MaterializeDocument {
  readonly group: string;
  readonly state: string;
  readonly views: readonly Readonly<Record<string, unknown>>[];
}

let folder: string;
let rides: string;
let example: string;
let env: Readonly<Record<string, string>>;
let dispose: () => Promise<void>;

beforeAll(async () => {
  const [owned, database] = await Promise.all([withFolder(), withDatabase()]);
  folder = owned.path;
  rides = join(folder, "rides");
  example = join(folder, "lesson", "feature_repo");
  env = { LARDER_HOME: join(folder, "home"), DATABASE_URL: database.url, REDIS_URL: NOWHERE, WEATHER_DATABASE_URL: "postgresql://nowhere:1/weather" };
  await cp(here("../define/fixtures/feature_repo"), example, { recursive: true });
  await mkdir(join(folder, "lesson", "data"));
  await cp(here("../training/fixtures/driver_stats.parquet"), join(folder, "lesson", "data", "driver_stats.parquet"));
  dispose = async () => {
    await database.dispose();
    await owned.dispose();
  };
});
afterAll(() => dispose());

const start = (args: readonly string[], cwd = folder, more: Readonly<Record<string, string>> = {}) => startLarder(args, { cwd, env: { ...env, ...more } });
const larder = (...args: readonly string[]): Promise<CommandResult> => start(args).ended;
const inRides = (...args: readonly string[]): Promise<CommandResult> => start(args, rides).ended;
const errorOf = (result: CommandResult): ErrorDocument["error"] => result.json<ErrorDocument>().error;

async function reached<T>(look: () => Promise<T | null>): Promise<T> {
  for (const giveUpAt = Date.now() + 40_000; Date.now() < giveUpAt; await sleep(50)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error("it did not come to that in time");
}

describe("help and wrong command lines", () => {
  it("help and version are printed on stdout and end with 0", async () => {
    const [all, one, version] = await Promise.all([larder("--help"), larder("runs", "list", "--help"), larder("--version")]);
    expect(all).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/Commands:.*materialize-incremental/s) });
    expect(one).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/Usage: larder runs list .*--json.*--project.*--repo/s) });
    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  const WRONG: readonly (readonly [args: readonly string[], message: string])[] = [
    [["materialise"], "unknown command 'materialise'"],
    [["plan", "--strict"], "unknown option '--strict'"],
    [["get-online-features", "--service", "a"], "--entities"],
    [["get-online-features", "--entities", "{}"], "--features or --service"],
    [["get-online-features", "--service", "a", "--entities", "1001"], "no lists of values"],
    [["get-online-features", "--service", "a", "--entities", "{"], "not JSON"],
    [["materialize", "--start", "yesterday", "--end", "now"], "ISO 8601"],
    [["materialize"], "Which window?"],
    [["materialize", "--all", "--end", "now"], "exclude each other"],
    [["runs", "list", "--state", "lost"], "queued, running"],
    [["runs", "list", "--limit", "0"], "1 to 1000"],
  ];

  it("a wrong command line ends with 2 and says what is wrong, as a document with --json", async () => {
    const results = await Promise.all(WRONG.map(([args]) => larder(...args, "--json")));
    for (const [index, result] of results.entries()) {
      expect(result.code, result.stdout).toBe(2);
      expect(errorOf(result)).toEqual({ code: "invalid_argument", message: expect.stringContaining(WRONG[index]?.[1] ?? ""), hint: expect.any(String) });
    }
    expect(await larder("materialize")).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/Which window.*--start.*incremental/s) });
  });
});

describe("from an empty folder to a served value", () => {
  it("init makes a repo that an editor type-checks", async () => {
    const made = await larder("init", "rides", "--json");
    expect(made).toMatchObject({ code: 0 });
    expect(made.json()).toMatchObject({ project: "rides", files: expect.arrayContaining(["feature_store.yaml", "features.ts", "larder.d.ts"]) });
    await writeFile(join(rides, "cars.ts"), PUSHED);
    await promisify(execFile)(process.execPath, [TSC, "-p", rides], { cwd: rides });
    const again = await larder("init", "rides", "--json");
    expect(again.code).toBe(1);
    expect(errorOf(again)).toMatchObject({ code: "already_exists" });
  });

  it("before there is a project, says how to get one; plan and apply say what they want", async () => {
    const [runs, plan] = await Promise.all([larder("runs", "--json"), larder("plan", "--json")]);
    expect(runs.code).toBe(1);
    expect(errorOf(runs)).toMatchObject({ code: "failed_precondition", hint: expect.stringContaining("larder apply") });
    expect(plan.code).toBe(1);
    expect(errorOf(plan)).toMatchObject({ code: "invalid_argument", hint: expect.stringContaining("larder init") });
  });

  it("plan --check: 3 while something would change, 0 afterwards; apply is done once", async () => {
    const plan = await larder("plan", "--repo", "rides", "--check", "--json");
    expect(plan.code).toBe(3);
    expect(plan.json()).toMatchObject({
      project: "rides",
      revision: 0,
      changes: expect.arrayContaining([expect.objectContaining({ kind: "feature_view", name: "cars", action: "add", fields: [] })]),
      problems: [
        expect.objectContaining({ severity: "warning", file: "cars.ts", line: 4, message: expect.stringContaining("matches no file yet") }),
        expect.objectContaining({ severity: "warning", file: "cars.ts", line: 5, message: expect.stringContaining("online store only") }),
      ],
    });
    const applied = await inRides("apply", "--json");
    expect(applied.code).toBe(0);
    expect(applied.json()).toMatchObject({ project: "rides", revision: 1, changes: expect.any(Array), problems: expect.any(Array) });
    const [check, again] = await Promise.all([inRides("plan", "--check"), inRides("apply", "--json")]);
    expect(check).toMatchObject({ code: 0, stdout: expect.stringContaining("nothing to do") });
    expect(again).toMatchObject({ code: 0 });
    expect(again.json()).toMatchObject({ revision: 1, changes: [] });
  });

  it("materialize-incremental works itself where no worker runs, and writes nothing the second time", async () => {
    const first = await inRides("materialize-incremental", "driver_stats", "--json");
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining("No worker is running") });
    const document = first.json<MaterializeDocument>();
    expect(document).toMatchObject({ group: expect.any(String), state: "succeeded" });
    const figures = { rows_read: 480, keys: 10, written: 10, skipped_older: 0, rejected: 0, error: null };
    expect(document.views).toMatchObject([{ run: expect.any(String), view: "driver_stats", state: "succeeded", ...figures }]);
    expect(document.views[0]?.checksum_offline).toBe(document.views[0]?.checksum_online);
    for (const name of ["start", "end", "bytes", "seconds"]) expect(document.views[0]).toHaveProperty(name);
    const again = (await inRides("materialize-incremental", "driver_stats", "--json")).json<MaterializeDocument>();
    expect(again).toMatchObject({ state: "succeeded", views: [{ written: 0, rejected: 0, checksum_offline: expect.any(String) }] });
  });

  it("reads what was materialized, as a table and as the document of the HTTP door", async () => {
    const read = ["get-online-features", "--service", "driver_activity", "--entities", '{"driver_id":[1001,5]}'];
    const [table, json, full] = await Promise.all([inRides(...read), inRides(...read, "--json"), inRides(...read, "--json", "--full-feature-names")]);
    expect(table).toMatchObject({ code: 0, stdout: expect.stringMatching(/driver_id +conv_rate +avg_daily_trips\n.*1001.*\n.*5 +NOT_FOUND +NOT_FOUND/) });
    expect(json.json()).toMatchObject({
      metadata: { feature_names: ["driver_id", "conv_rate", "avg_daily_trips"] },
      results: [{}, { values: [expect.any(Number), null], statuses: ["PRESENT", "NOT_FOUND"], event_timestamps: expect.any(Array) }, {}],
    });
    expect(full.json()).toMatchObject({ metadata: { feature_names: ["driver_id", "driver_stats__conv_rate", "driver_stats__avg_daily_trips"] } });
  });

  it("pushes CSV by the schema's types, names rows that do not fit, and refuses the offline store", async () => {
    const file = join(folder, "cars.csv");
    await writeFile(file, "car_id,at,seats,plate\n007,2026-01-01 00:00:00,4,42\n42,2026-01-01T00:00:00Z,many,B\n");
    const pushed = await inRides("push", "car_push", file, "--json");
    expect(pushed).toMatchObject({ code: 0 });
    expect(pushed.json()).toMatchObject({ accepted: 1, rejected: [{ row: 1, field: "seats", reason: expect.stringContaining('"many"') }] });
    const [read, offline, unknown] = await Promise.all([
      inRides("get-online-features", "--features", "cars:seats,cars:plate", "--entities", '{"car_id":["007","7"]}', "--json"),
      inRides("push", "car_push", file, "--to", "offline", "--json"),
      inRides("push", "car_posh", file, "--json"),
    ]);
    expect(read.json()).toMatchObject({ results: [{}, { values: [4, null], statuses: ["PRESENT", "NOT_FOUND"] }, { values: ["42", null] }] });
    expect(offline.code).toBe(1);
    expect(unknown.code).toBe(1);
    expect(errorOf(unknown)).toMatchObject({ code: "not_found", hint: expect.stringContaining("car_push") });
  });
});

describe("the lesson's repo", () => {
  it("applies as it stands", async () => {
    const applied = await larder("apply", "--repo", example, "--json");
    expect(applied).toMatchObject({ code: 0 });
    const { changes } = applied.json<{ changes: readonly { name: string; action: string }[] }>();
    expect(changes.map(({ name }) => name)).toEqual(expect.arrayContaining(["driver_stats", "driver_stats_stream", "zone_weather", "driver_incidents"]));
    expect(changes.every(({ action }) => action === "add")).toBe(true);
  });

  it("gives the lesson's training set", async () => {
    const out = join(folder, "training.csv");
    const features = "driver_stats:conv_rate,driver_stats:acc_rate,driver_stats:avg_daily_trips";
    const entities = here("../training/fixtures/driver_orders.csv");
    const made = await larder("get-historical-features", "--repo", example, "--features", features, "--entities", entities, "--out", out, "--json");
    expect(made).toMatchObject({ code: 0 });
    const columns = ["event_timestamp", "driver_id", "trip_completed", "conv_rate", "acc_rate", "avg_daily_trips"];
    expect(made.json()).toEqual({ out, rows: 10, columns, rejected: [], seconds: expect.any(Number) });
    const [header, ...rows] = (await readFile(out, "utf8")).trim().split("\n");
    expect(header).toBe(columns.join(","));
    expect(rows.map((row) => row.split(",").slice(1))).toMatchObject([
      ["1001", "1", expect.stringMatching(/^0\.17521/), expect.stringMatching(/^0\.76143/), "385"],
      ["1002", "0", expect.stringMatching(/^0\.31234/), expect.stringMatching(/^0\.48178/), "810"],
      ...Array.from({ length: 8 }, () => expect.any(Array)),
    ]);
  });

  it("is judged by hand, where nothing is kept, or kept as the background monitor does", async () => {
    interface Monitored {
      readonly views: readonly { readonly view: string }[];
      readonly incidents: readonly { readonly subject: string }[];
      readonly incidents_total: number;
      readonly drift: readonly { readonly view: string; readonly feature: string; readonly verdict: string; readonly baseline_rows: number }[];
    }
    const run = (...more: readonly string[]) => larder("monitor", ...more, "driver_stats", "--repo", example, "--json");

    const byHand = (await run("run")).json<Monitored>();
    expect(byHand.views.map(({ view }) => view)).toEqual(["driver_stats"]);
    expect(byHand.drift.map(({ feature }) => feature)).toEqual(["acc_rate", "avg_daily_trips", "conv_rate"]);
    expect(byHand.drift.every(({ verdict }) => verdict === "insufficient data")).toBe(true); // five drivers
    expect((await run("status")).json<Monitored>().drift).toEqual([]);
    expect(await run("run", "--store")).toMatchObject({ code: 0 });
    const status = (await run("status")).json<Monitored>();
    expect(status.drift).toHaveLength(3);
    const open = await larder("monitor", "--repo", example, "--json");
    const ofView = open.json<Monitored>().incidents.filter(({ subject }) => subject === "feature_view:driver_stats");
    expect([status.incidents, status.incidents_total]).toEqual([ofView, ofView.length]);
    expect(errorOf(await larder("monitor", "run", "nothing", "--repo", example, "--json"))).toMatchObject({ code: "not_found" });
  });

  it("names source rows that a training set leaves out, on stderr and in the document", async () => {
    const repo = join(folder, "narrow");
    await mkdir(join(repo, "data"), { recursive: true });
    await writeFile(join(repo, "feature_store.yaml"), "project: narrow\n");
    await writeFile(join(repo, "data", "wide.csv"), "driver_id,at,trips\n1,2026-01-01,3000000000\n1,2025-01-01,7\n");
    await writeFile(
      join(repo, "features.ts"),
      `import { entity, featureView, fileSource } from "larder";
export const driver = entity({ name: "driver", joinKeys: { driver_id: "int64" } });
export const wide = fileSource({ name: "wide", path: "data/wide.csv", timestampField: "at" });
export const trips = featureView({ name: "trips", entities: [driver], schema: { trips: "int32" }, source: wide, online: false });\n`,
    );
    expect(await larder("apply", "--repo", "narrow")).toMatchObject({ code: 0 });
    await writeFile(join(folder, "orders.csv"), "driver_id,event_timestamp\n1,2026-02-01\n");
    const read = ["get-historical-features", "--repo", "narrow", "--features", "trips:trips", "--entities", "orders.csv", "--out", "narrow.csv", "--json"];
    const made = await larder(...read);
    expect(made).toMatchObject({ code: 0, stderr: expect.stringMatching(/trips: 1 source rows left out: .*3000000000/) });
    expect(made.json()).toMatchObject({ rows: 1, rejected: [{ view: "trips", count: 1, reason: expect.stringContaining("3000000000") }] });
    expect(await readFile(join(folder, "narrow.csv"), "utf8")).toContain(",7\n");
  });

  it("where the project is not clear, lists the choices; an unknown one is named", async () => {
    const [unset, unknown, fromEnv] = await Promise.all([
      larder("runs", "--json"),
      larder("runs", "--project", "ridez", "--json"),
      start(["runs", "--json"], folder, { LARDER_PROJECT: "rides" }).ended,
    ]);
    expect(unset.code).toBe(1);
    expect(errorOf(unset)).toMatchObject({ code: "invalid_argument", hint: expect.stringMatching(/feast_demo.*rides/) });
    expect(unknown.code).toBe(1);
    expect(errorOf(unknown)).toMatchObject({ code: "not_found", message: expect.stringContaining("ridez"), hint: expect.stringContaining("rides") });
    expect(fromEnv.code).toBe(0);
  });
});

describe("runs", () => {
  it("are queued by --detach, listed, shown, cancelled and resumed", async () => {
    const detached = await inRides("materialize", "driver_stats", "--start", "2026-01-01", "--end", "now", "--detach", "--json");
    expect(detached).toMatchObject({ code: 0, stderr: expect.stringContaining("No worker is running") });
    const { state, views } = detached.json<MaterializeDocument>();
    const run = String(views[0]?.run);
    expect({ state, views }).toMatchObject({ state: "queued", views: [{ view: "driver_stats", state: "queued", rows_read: null, error: null }] });
    const listed = await inRides("runs", "list", "--state", "queued", "--json");
    expect(listed.json()).toMatchObject({ total: 1, runs: [{ run, project: "rides", state: "queued", receipt: null, actor: expect.any(String) }] });
    const cancelled = await inRides("runs", "cancel", run, "--json");
    expect(cancelled.json()).toMatchObject({ run, state: "cancelled" });
    const resumed = await inRides("runs", "resume", run, "--json");
    expect(resumed).toMatchObject({ code: 0, stderr: expect.stringContaining("No worker is running") });
    expect(resumed.json()).toMatchObject({ run, state: "queued" });
    await inRides("runs", "cancel", run);
    const [shown, lost] = await Promise.all([inRides("runs", "show", run, "--json"), inRides("runs", "show", "nothing", "--json")]);
    expect(shown.json()).toMatchObject({ run, state: "cancelled", request: { view: "driver_stats" }, log: expect.any(Array) });
    expect(lost.code).toBe(1);
    expect(errorOf(lost)).toMatchObject({ code: "not_found" });
  });

  it("refuse an inverted window and an unknown view; a window without rows is nothing to do", async () => {
    const [inverted, unknown] = await Promise.all([
      inRides("materialize", "driver_stats", "--start", "2026-02-01", "--end", "2026-01-01", "--json"),
      inRides("materialize-incremental", "driver_stat", "--json"),
    ]);
    expect(inverted.code).toBe(1);
    expect(errorOf(inverted)).toMatchObject({ code: "invalid_argument" });
    expect(unknown.code).toBe(1);
    expect(errorOf(unknown)).toMatchObject({ code: "not_found", hint: expect.stringContaining("driver_stats") });
    const empty = await inRides("materialize", "driver_stats", "--start", "2001-01-01", "--end", "2001-01-02");
    expect(empty).toMatchObject({ code: 0, stdout: expect.stringContaining("nothing to do") });
  });

  it("into a Redis that is not there wait and say so; cancelled, the command ends with 4; a read says what is down", async () => {
    const waiting = start(["materialize-incremental", "driver_stats", "--repo", example, "--json"]);
    await reached(async () => (waiting.said().includes("waiting for redis") ? true : null));
    const listed = await larder("runs", "list", "--project", "feast_demo", "--json");
    const [run] = listed.json<{ runs: readonly { run: string; waiting_for: string | null }[] }>().runs;
    expect(run).toMatchObject({ state: "running", waiting_for: "redis" });
    const read = larder("get-online-features", "--repo", example, "--features", "driver_stats:conv_rate", "--entities", '{"driver_id":[1001]}', "--json");
    expect(await larder("runs", "cancel", run?.run ?? "")).toMatchObject({ code: 0, stdout: expect.stringContaining("stops at its next step") });
    const ended = await waiting.ended;
    expect(ended.code).toBe(4);
    expect(ended.json()).toMatchObject({ state: "cancelled", views: [{ view: "driver_stats", state: "cancelled" }] });
    expect((await read).code).toBe(1);
    expect(errorOf(await read)).toMatchObject({ code: "unavailable", message: expect.stringMatching(/redis/i) });
  });

  it("that fail end with 1, and name the error", async () => {
    await writeFile(join(folder, "narrow", "data", "wide.csv"), "driver_id,at,trips\n1,2026-01-01,7\n");
    const features = join(folder, "narrow", "features.ts");
    await writeFile(features, (await readFile(features, "utf8")).replace("online: false", "online: true"));
    expect(await larder("apply", "--repo", "narrow")).toMatchObject({ code: 0 });
    await writeFile(join(folder, "narrow", "data", "wide.csv"), "driver_id,at,journeys\n1,2026-01-01,7\n");
    const failed = await larder("materialize-incremental", "--repo", "narrow", "--json");
    expect(failed.code).toBe(1);
    expect(failed.json()).toMatchObject({ state: "failed", views: [{ state: "failed", error: { message: expect.stringContaining('"trips"') } }] });
  });
});

describe("a bad repo", () => {
  const BROKEN = {
    "feature_store.yaml": "project: broken\nonline_stor:\n  type: sqlite\n",
    "sources.ts": `import { fileSource } from "larder";
export const missing = fileSource({ name: "missing", path: "data/none.parquet", timestampField: "at" });
export const notParquet = fileSource({ name: "not_parquet", path: "data/text.parquet", timestampField: "at" });
export const rows = fileSource({ name: "rows", path: "data/rows.csv", timestampField: "at" });\n`,
    "views.ts": `import { entity, featureView } from "larder";
import { missing, notParquet, rows } from "./sources.ts";
const driver = entity({ name: "driver", joinKeys: { driver_id: "int64" } });
export const a = featureView({ name: "twice", entities: [driver], schema: { trips: "int32" }, source: rows });
export const b = featureView({ name: "twice", entities: [driver], schema: { trips: "int32" }, source: rows });
export const c = featureView({ name: "no_file", entities: [driver], schema: { trips: "int32" }, source: missing });
export const d = featureView({ name: "no_parquet", entities: [driver], schema: { trips: "int32" }, source: notParquet });
export const e = featureView({ name: "no_column", entities: [driver], schema: { tripz: "int32" }, source: rows });
export const f = featureView({ name: "wrong_type", entities: [driver], schema: { trips: "integer" as "int32" }, source: rows });
export { driver };\n`,
    "syntax.ts": "export const x = ;\n",
    "data/rows.csv": "driver_id,at,trips\n1,2026-01-01,7\n",
    "data/text.parquet": "this is text\n",
  };

  it("yields every problem at once, with file and line, and changes nothing", async () => {
    await mkdir(join(folder, "broken", "data"), { recursive: true });
    for (const [file, text] of Object.entries(BROKEN)) await writeFile(join(folder, "broken", file), text);
    const [plan, apply] = await Promise.all([larder("plan", "--repo", "broken", "--json"), larder("apply", "--repo", "broken")]);
    expect(plan.code).toBe(1);
    const { problems } = plan.json<{ problems: readonly { file: string; line: number; message: string; severity: string }[] }>();
    const said = problems.filter(({ severity }) => severity === "error").map(({ file, line, message }) => `${file}:${line} ${message}`);
    for (const [place, words] of [
      ["feature_store.yaml:2", "unknown key online_stor"],
      ["syntax.ts:1", ""],
      ["sources.ts:2", "none.parquet"],
      ["sources.ts:3", "text.parquet"],
      ["views.ts:5", "twice"],
      ["views.ts:8", "tripz"],
      ["views.ts:9", "integer"],
    ] as const) {
      expect(said).toContainEqual(expect.stringMatching(new RegExp(`^${place.replace(".", "\\.")} .*${words}`, "s")));
    }
    expect(apply).toMatchObject({ code: 1, stdout: expect.stringContaining("views.ts:8: error:") });
    expect((await larder("runs", "--project", "broken", "--json")).code).toBe(1);
  });

  it("that is no repo, or whose removals nobody allowed, is refused with what to do", async () => {
    const views = join(rides, "cars.ts");
    const before = await readFile(views, "utf8");
    await writeFile(views, "export {};\n");
    const [none, removing] = await Promise.all([larder("plan", "--repo", "nowhere", "--json"), inRides("apply", "--json")]);
    expect(none.code).toBe(1);
    expect(errorOf(none)).toMatchObject({ code: "invalid_definition", hint: expect.stringContaining("larder init") });
    expect(removing.code).toBe(1);
    expect(errorOf(removing)).toMatchObject({ code: "failed_precondition", message: expect.stringContaining("cars"), hint: expect.stringContaining("--yes") });
    await writeFile(views, before);
    expect(await inRides("plan", "--check")).toMatchObject({ code: 0 });
  });
});
