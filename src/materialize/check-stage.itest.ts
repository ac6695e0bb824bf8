import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditEntry, AuditLog, Expectations, FeatureView } from "../domain/index.ts";
import { resumeRun } from "../runs/index.ts";
import { aFileSource, anEntity, aView, someFeatures } from "../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { startWorker, type Worker } from "../worker/index.ts";
import { type MaterializeReceipt, readReceipt, startMaterialize } from "./index.ts";

/** One row per driver at each hour up to `hours`, rate 0.5; driver 7 has 1.7 in hour `badHour`. */
const rows = (hours: number, badHour: number) => `
  select k as driver_id, timestamp '2026-01-01' + to_hours(h::int) as datetime, timestamp '2026-01-01' + to_hours(h::int) as created,
         case when k = 7 and h = ${badHour} then 1.7 else 0.5 end::float as conv_rate, k % 3 as trips
  from range(100) keys(k), range(${hours}) hours(h)`;

function expecting(conv: Expectations, trips?: Expectations): FeatureView {
  const [rate, count] = someFeatures({ conv_rate: "float32", trips: "int64" });
  return aView({
    features: [
      { ...rate, expect: conv },
      { ...count, ...(trips && { expect: trips }) },
    ] as FeatureView["features"],
  });
}

describe("checks of a materialize run", () => {
  let world: PipelineWorld;
  let worker: Worker;
  let path: string;
  const audited: AuditEntry[] = [];
  const definitions = (view: FeatureView) => [anEntity(), aFileSource({ path }), view];

  beforeAll(async () => {
    world = await pipelineWorld();
    path = await writeParquet(world.home, "driver_stats.parquet", rows(1, -1));
    worker = await startWorker(world.runtime);
  });
  afterAll(async () => {
    await worker.stop();
    await world.dispose();
  });

  const run = async (allowFailedChecks = false) => {
    const input = { actor: world.runtime.localOwner, project: world.project, views: ["driver_stats"], window: { kind: "incremental", end: null } } as const;
    const audit: AuditLog = {
      record: (tx, ...entries) => {
        audited.push(...entries);
        return world.runtime.audit.record(tx, ...entries);
      },
    };
    const { runs } = await startMaterialize({ ...world.runtime, audit }, { ...input, allowFailedChecks });
    return world.follow(runs[0]?.run ?? "");
  };
  const receiptOf = ({ receipt, error }: Awaited<ReturnType<typeof run>>): MaterializeReceipt => {
    const read = readReceipt(receipt);
    if (read === null) throw new Error(`no receipt: ${JSON.stringify(error)}`);
    return read;
  };
  const watermark = async () => {
    const snapshot = await world.runtime.registry.snapshot(world.project);
    const version = snapshot?.views.get("driver_stats")?.newest.versionId ?? "";
    return (await world.runtime.registry.onlineState(version, "sqlite"))?.eventWatermark ?? null;
  };
  const logOf = async (id: string) =>
    (await world.runtime.runLog.events(id, 100)).flatMap(({ type, body }) => (type === "log" ? [body as { level: string; message: string }] : []));

  it("hold, and the receipt says how many", async () => {
    await world.apply(definitions(expecting({ min: 0, max: 1, onFailure: "block" })));
    expect(receiptOf(await run())).toMatchObject({ written: 100, checks: { expected: 2, findings: [], overridden: false } });
  });

  it("block before anything is written: the error names feature, limit and count, the log an example too, the watermark stays, no stage is left", async () => {
    const before = await watermark();
    await writeParquet(world.home, "driver_stats.parquet", rows(2, 1));
    const failed = await run();
    expect(failed.state).toBe("failed");
    expect(failed.error).toMatchObject({
      code: "failed_precondition",
      message: "driver_stats is not as expected, so nothing was written: conv_rate: 1 of 100 rows are above 1.",
      hint: expect.stringContaining("larder materialize-incremental driver_stats --allow-failed-checks"),
    });
    expect(failed.checkpoint).toBeNull();
    expect(existsSync(join(world.runtime.stagingDirectory, failed.id))).toBe(false);
    expect(await watermark()).toBe(before);
    expect(await logOf(failed.id)).toContainEqual({
      level: "warn",
      message: expect.stringMatching(/^Not as expected: conv_rate: 1 of 100.*such as 1\.7 of driver_id 7/),
    });
  });

  it("read the source again when a blocked run is resumed: blocked while it is the same, done once it is mended", async () => {
    const blocked = await run();
    expect(blocked.state).toBe("failed");
    await resumeRun(world.runtime, { actor: world.runtime.localOwner, run: blocked.id });
    expect((await world.follow(blocked.id, ({ state, attempt }) => attempt > blocked.attempt && state === "failed")).error?.message).toContain("above 1");
    await writeParquet(world.home, "driver_stats.parquet", rows(2, -1));
    await resumeRun(world.runtime, { actor: world.runtime.localOwner, run: blocked.id });
    expect(receiptOf(await world.follow(blocked.id, ({ state }) => state === "succeeded"))).toMatchObject({ written: 100, checks: { findings: [] } });
  });

  it("let one run through that was started in spite of them, and the audit trail tells", async () => {
    await writeParquet(world.home, "driver_stats.parquet", rows(3, 2));
    expect((await run()).state).toBe("failed");
    const forced = await run(true);
    expect(receiptOf(forced)).toMatchObject({ written: 100, checks: { overridden: true, findings: [{ feature: "conv_rate", rows: 1, onFailure: "block" }] } });
    expect(audited.at(-1)?.detail).toMatchObject({ run: forced.id, allowFailedChecks: true });
    expect(audited.at(-2)?.detail).not.toHaveProperty("allowFailedChecks");
  });

  it("only warn where that is asked: rows are written, receipt and log carry what was found", async () => {
    await world.apply(definitions(expecting({ max: 1, onFailure: "warn" }, { allowed: [0, 1], unique: true, onFailure: "warn" })));
    await writeParquet(world.home, "driver_stats.parquet", rows(4, 3));
    const done = await run();
    const { checks, written } = receiptOf(done);
    expect(written).toBe(100);
    expect(checks).toMatchObject({ expected: 3, overridden: false });
    expect(checks.findings.map(({ feature, expectation, rows: count }) => `${feature} ${expectation} ${count}`)).toEqual([
      "conv_rate max 1",
      "trips allowed 33",
      "trips unique 97",
    ]);
    expect((await logOf(done.id)).filter(({ level }) => level === "warn")).toHaveLength(3);
  });
});
