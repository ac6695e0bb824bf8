import { createReadStream } from "node:fs";
import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseTimestamp } from "../kit/index.ts";
import { cancelRun, resumeRun } from "../runs/index.ts";
import { aFileSource, anEntity, aService, aView, someFeatures } from "../testing/builders.ts";
import { readSql, writeCsv } from "../testing/offline-files.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { startWorker, type Worker } from "../worker/index.ts";
import {
  type AskedSpec,
  createTrainingSet,
  getTrainingSet,
  listTrainingSets,
  openResult,
  previewMatches,
  readResult,
  readTrainingReceipt,
  removeTrainingSet,
  repinTrainingSet,
  saveUpload,
  startHistoricalFeatures,
  startTrainingSet,
  sweepTrainingFiles,
  type TrainingReceipt,
} from "./index.ts";

const DAY_MS = 86_400_000;

describe("training sets", () => {
  let world: PipelineWorld;
  let worker: Worker;
  let path: string;
  let upload: string;
  const actor = () => world.runtime.localOwner;
  const rows = (value: number) => `
    select k as driver_id, timestamp '2026-01-01' + to_days(d::int) as datetime, timestamp '2026-01-01' + to_days(d::int) as created,
           (k * 10 + d + ${value})::double as conv_rate, 0.5::double as acc_rate, d::bigint as avg_daily_trips
    from range(1, 6) keys(k), range(3) days(d)`;
  const views = (ttlSeconds: number | null = 3 * 86_400, more = {}) => [
    anEntity(),
    aFileSource({ path }),
    aView({ ttlSeconds, ...more }),
    aService({ driver_stats: null }),
  ];

  beforeAll(async () => {
    world = await pipelineWorld();
    path = await writeParquet(world.home, "driver_stats.parquet", rows(0));
    await world.apply(views());
    const orders = join(world.home, "orders.csv");
    await writeCsv(
      orders,
      ["driver_id", "event_timestamp", "label"],
      [
        [1, "2026-01-02 12:00:00", 1],
        [2, "2026-01-20", 0], // older than ttl
        [9, "2026-01-02", 1], // nobody
        [5, "2026-01-03", 0],
      ],
    );
    upload = (await send(orders)).upload.upload;
    worker = await startWorker(world.runtime);
  });
  afterAll(async () => {
    await worker.stop();
    await world.dispose();
  });

  const send = (file: string, more = {}) =>
    saveUpload(world.runtime, {
      actor: actor(),
      project: world.project,
      fileName: file.slice(file.lastIndexOf("/") + 1),
      content: createReadStream(file),
      ...more,
    });
  const spec = (over: Partial<AskedSpec> = {}): AskedSpec => ({
    entityRows: { kind: "upload", upload },
    features: ["driver_stats:conv_rate", "driver_stats:avg_daily_trips"],
    ...over,
  });
  const create = (name: string, over: Partial<AskedSpec> = {}) =>
    createTrainingSet(world.runtime, { actor: actor(), project: world.project, name, spec: spec(over) });
  const named = (name: string) => ({ actor: actor(), project: world.project, name });
  const ended = async (run: string): Promise<TrainingReceipt> => {
    const done = await world.follow(run);
    const receipt = readTrainingReceipt(done.receipt);
    if (receipt === null) throw new Error(`no receipt: ${JSON.stringify(done.error)}`);
    return receipt;
  };
  const run = async (name: string): Promise<TrainingReceipt> => ended((await startTrainingSet(world.runtime, named(name))).run.id);

  it("shows before it runs what each view has for the entity rows", async () => {
    const preview = await previewMatches(world.runtime, { actor: actor(), project: world.project, spec: spec() });
    expect(preview).toMatchObject({
      rows: 4,
      outputs: ["conv_rate", "avg_daily_trips"],
      views: [{ view: "driver_stats", matched: 2, expired: 1, notFound: 1 }],
    });
  });

  it("makes the file, and says all that it was made of", async () => {
    await create("orders");
    const receipt = await run("orders");
    expect(receipt).toMatchObject({
      set: "orders",
      rows: 4,
      columns: ["driver_id", "event_timestamp", "label", "conv_rate", "avg_daily_trips"],
      views: [{ view: "driver_stats", version: 1, ttlSeconds: 259_200, matched: 2, expired: 1, notFound: 1, source: { source: "driver_stats", files: 1 } }],
      compared: null,
    });
    const file = join(world.runtime.trainingDirectory, receipt.file);
    expect(await readSql(`SELECT driver_id::INT, label::INT, conv_rate::INT, avg_daily_trips FROM read_parquet('${file}')`)).toEqual([
      [1, 1, 11, 1],
      [2, 0, null, null],
      [9, 1, null, null],
      [5, 0, 52, 2],
    ]);
  });

  it("gives the same bytes again, in one file, while nothing changes", async () => {
    const { set } = await getTrainingSet(world.runtime, named("orders"));
    const again = await run("orders");
    expect(again.compared).toEqual({ run: set.resultRun, sameBytes: true, changed: [] });
    expect(again.checksum).toBe(set.result?.checksum);
    expect(await readdir(join(world.runtime.trainingDirectory, "sets", set.id))).toHaveLength(2); // the file and its statistics
    expect(await getTrainingSet(world.runtime, named("orders"))).toMatchObject({ changed: [], newer: [] });
  });

  it("says which source has changed, before and after the run", async () => {
    await writeParquet(world.home, "driver_stats.parquet", rows(100));
    expect((await getTrainingSet(world.runtime, named("orders"))).changed).toMatchObject([{ what: "source", name: "driver_stats" }]);
    expect((await run("orders")).compared).toMatchObject({ sameBytes: false, changed: [{ what: "source", name: "driver_stats" }] });
    expect((await getTrainingSet(world.runtime, named("orders"))).changed).toEqual([]);
  });

  it("keeps version and ttl of its views until it is told otherwise", async () => {
    await world.apply(views(null, { features: someFeatures({ conv_rate: "float64", avg_daily_trips: "int32" }) }), true);
    const before = await getTrainingSet(world.runtime, named("orders"));
    expect(before.newer).toMatchObject([{ what: "version", name: "driver_stats" }]);
    expect((await run("orders")).compared).toMatchObject({ sameBytes: true });
    await repinTrainingSet(world.runtime, named("orders"));
    const receipt = await run("orders");
    expect(receipt).toMatchObject({
      views: [{ version: 2, ttlSeconds: null, matched: 3, expired: 0 }],
      compared: { sameBytes: false, changed: [{ what: "definition" }] },
    });
  });

  it("draws entity rows from a source, the same ones each time", async () => {
    const entityRows: AskedSpec["entityRows"] = { kind: "source", source: "driver_stats", start: "2026-01-02", limit: 4, keep: ["acc_rate"] };
    await create("drawn", { entityRows, features: null, service: "driver_activity", fullFeatureNames: true });
    const first = await run("drawn");
    expect(first).toMatchObject({ rows: 4, columns: ["driver_id", "event_timestamp", "acc_rate", "driver_stats__conv_rate", "driver_stats__avg_daily_trips"] });
    expect((await run("drawn")).checksum).toBe(first.checksum);
  });

  it("gives statistics, first rows, and the file as Parquet and CSV", async () => {
    const { set } = await getTrainingSet(world.runtime, named("orders"));
    const of = { actor: actor(), project: world.project, run: set.resultRun ?? "" };
    const { profiles, head } = await readResult(world.runtime, of);
    expect(profiles.find(({ feature }) => feature === "avg_daily_trips")).toMatchObject({ rows: 4, nulls: 1, max: 2 });
    expect(head.rows).toHaveLength(4);
    expect(head.rows[0]?.slice(0, 2)).toEqual([1n, parseTimestamp("2026-01-02T12:00:00Z")]);
    const csv = await openResult(world.runtime, { ...of, format: "csv" });
    expect((await readSql(`SELECT count(*), count(conv_rate) FROM read_csv('${csv.path}')`))[0]).toEqual([4n, 3n]);
    await csv.dispose();
    expect(await openResult(world.runtime, { ...of, format: "parquet" })).toMatchObject({ fileName: "orders.parquet", checksum: set.result?.checksum });
    await expect(openResult(world.runtime, { ...of, project: "other", format: "csv" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("joins a second start, can be cancelled while it waits and be resumed", async () => {
    await worker.stop();
    const [a, b] = [await startTrainingSet(world.runtime, named("orders")), await startTrainingSet(world.runtime, named("orders"))];
    expect([a.joined, b.joined, a.run.id === b.run.id]).toEqual([false, true, true]);
    await expect(removeTrainingSet(world.runtime, named("orders"))).rejects.toMatchObject({ code: "failed_precondition" });
    await cancelRun(world.runtime, { actor: actor(), run: a.run.id });
    expect((await world.follow(a.run.id)).state).toBe("cancelled");
    await resumeRun(world.runtime, { actor: actor(), run: a.run.id });
    worker = await startWorker(world.runtime);
    expect((await ended(a.run.id)).rows).toBe(4);
  });

  it("joins without a training set too", async () => {
    const started = await startHistoricalFeatures(world.runtime, { actor: actor(), project: world.project, spec: spec() });
    expect(await ended(started.run.id)).toMatchObject({ set: null, rows: 4, file: expect.stringContaining(started.run.id) });
  });

  it("refuses what is no file of rows, too large or without the columns that it needs", async () => {
    const text = async (name: string, content: string, more = {}) =>
      saveUpload(world.runtime, { actor: actor(), project: world.project, fileName: name, content: chunks(content), ...more });
    const refused = (message: string) => ({ code: "invalid_argument", message: expect.stringContaining(message) });
    await expect(text("a.csv", "driver_id\n")).rejects.toMatchObject(refused("has no rows"));
    await expect(text("a.csv", "")).rejects.toMatchObject(refused("is empty"));
    await expect(text("a.png", "abc")).rejects.toMatchObject(refused("no file of rows"));
    await expect(text("a.csv", "driver_id\n1\n", { bytesMax: 5 })).rejects.toMatchObject(refused("larger than"));
    await expect(text("a.parquet", "PAR1 and nothing else")).rejects.toMatchObject(refused("a.parquet cannot be read"));
    const other = await text("no_time.csv", "driver_id,at\n1,2026-01-01\n");
    await expect(create("bad", { entityRows: { kind: "upload", upload: other.upload.upload } })).rejects.toMatchObject(refused('no column "event_timestamp"'));
    await expect(create("orders")).rejects.toMatchObject({ code: "already_exists" });
    await expect(create("no name")).rejects.toMatchObject({ code: "invalid_argument" });
    await expect(create("bad", { features: ["nope:a"] })).rejects.toMatchObject({ code: "not_found" });
  });

  it("sweeps uploads that nothing uses, and results that belong to no set", async () => {
    const spare = (await send(path)).upload;
    const folder = (name: string) => join(world.runtime.trainingDirectory, name);
    const old = new Date(Date.now() - 8 * DAY_MS);
    for (const name of ["uploads", "runs"]) for (const file of await readdir(folder(name))) await utimes(join(folder(name), file), old, old);
    await sweepTrainingFiles(world.runtime, Date.now());
    const left = await readdir(folder("uploads"));
    expect(left.filter((file) => file.startsWith(spare.upload))).toEqual([]);
    expect(left.filter((file) => file.startsWith(upload))).toHaveLength(2);
    expect(await readdir(folder("runs"))).toEqual([]);
  });

  it("removes a set with its results", async () => {
    const { set } = await getTrainingSet(world.runtime, named("orders"));
    await removeTrainingSet(world.runtime, named("orders"));
    expect(await readdir(join(world.runtime.trainingDirectory, "sets"))).not.toContain(set.id);
    const { rows: sets } = await listTrainingSets(world.runtime, { actor: actor(), project: world.project, text: "", page: 1, pageSize: 10 });
    expect(sets.map(({ name }) => name)).toEqual(["drawn"]);
  });
});

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
