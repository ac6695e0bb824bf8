import { beforeEach, describe, expect, test, vi } from "vitest";
import { LarderError, parseTimestamp, silentLogger } from "../../kit/index.ts";
import { memoryOnlineStore } from "../../online/adapters/memory.ts";
import { localOwner } from "../../testing/builders.ts";
import { aServingWorld, pushedSnapshot } from "../../testing/serving.ts";
import { getOnlineFeatures } from "../get-online-features.ts";
import { writeToOnlineStore } from "../write-to-online-store.ts";
import { createSampler, type SamplerLimits } from "./create-sampler.ts";
import type { DropReason, ServedSample, ViewSampling } from "./port.ts";

const NOW = parseTimestamp("2026-04-12T08:00:00Z");
const ALL = { project: "rides", view: "driver_stats", rate: 1, rowsPerSecondMax: 1_000 };
const snapshot = pushedSnapshot({ conv_rate: "float32", trips: "int64", city: "string" }, 7200);
const world = aServingWorld(memoryOnlineStore(), snapshot, NOW);

async function write(id: number, conv: number | null, at: string): Promise<void> {
  const rows = { driver_id: [id], conv_rate: [conv], trips: [9007199254740993n], city: ["Oslo"], event_timestamp: [at], created: [at] };
  await writeToOnlineStore(world.deps, { actor: localOwner, project: "rides", view: "driver_stats", rows, isFresh: false });
}

const counts = { sampled: 0, stored: 0, dropped: {} as Partial<Record<DropReason, number>> };
let rates: ViewSampling[] = [ALL];
let stored: ServedSample[] = [];
let isDown = false;

function sampler(limits: Partial<SamplerLimits> = {}) {
  const store = {
    rates: async () => (isDown ? Promise.reject(new LarderError("unavailable", "The database does not answer.")) : rates),
    add: async (samples: readonly ServedSample[]) => {
      if (isDown) throw new LarderError("unavailable", "The database does not answer.");
      stored.push(...samples);
    },
  };
  const observer = {
    sampled(rows: number) {
      counts.sampled += rows;
    },
    stored(rows: number) {
      counts.stored += rows;
    },
    dropped(reason: DropReason, rows: number) {
      counts.dropped[reason] = (counts.dropped[reason] ?? 0) + rows;
    },
  };
  return createSampler({ store, observer, logger: silentLogger, limits });
}

function ask(one: ReturnType<typeof sampler> | null, ids: readonly number[], features = ["driver_stats:city", "driver_stats:conv_rate"]) {
  const deps = one === null ? world.deps : { ...world.deps, sampler: one };
  const input = { actor: localOwner, project: "rides", fullFeatureNames: false, namesVersions: true };
  return getOnlineFeatures(deps, { ...input, features, entities: { driver_id: ids } });
}

beforeEach(async () => {
  Object.assign(counts, { sampled: 0, stored: 0, dropped: {} });
  [rates, stored, isDown] = [[ALL], [], false];
  await write(1, 0.1, "2026-04-12T07:00:00Z");
  await write(2, null, "2026-04-12T07:30:00Z");
  await write(3, 0.3, "2026-04-12T05:00:00Z");
});

describe("a sampler", () => {
  test("keeps what was answered: the features asked for, their values, times and statuses", async () => {
    const one = sampler();
    await one.flush();
    await ask(one, [3, 1, 9, 2]);
    await one.flush();
    const features = ["city", "conv_rate"];
    const head = { project: "rides", servedAt: NOW, features };
    const [early, late] = [parseTimestamp("2026-04-12T07:00:00Z"), parseTimestamp("2026-04-12T05:00:00Z")];
    expect(stored.map(({ view: _, ...sample }) => sample)).toEqual([
      { ...head, key: [3n], status: "OUTSIDE_MAX_AGE", event: late, created: late, values: null },
      { ...head, key: [1n], status: "PRESENT", event: early, created: early, values: ["Oslo", Math.fround(0.1)] },
      { ...head, key: [9n], status: "NOT_FOUND", event: null, created: null, values: null },
      { ...head, key: [2n], status: "PRESENT", event: expect.anything(), created: expect.anything(), values: ["Oslo", null] },
    ]);
    expect(counts).toEqual({ sampled: 4, stored: 4, dropped: {} });
  });

  test("changes no byte of an answer", async () => {
    const one = sampler();
    await one.flush();
    for (const ids of [[1], [3, 1, 9, 2], Array.from({ length: 300 }, (_, id) => id)]) expect(await ask(one, ids)).toEqual(await ask(null, ids));
  });

  test("draws nothing before the settings were read, nor at rate 0, and follows a change", async () => {
    const one = sampler();
    await ask(one, [1, 2]);
    expect(counts.sampled).toBe(0);
    await one.flush();
    await ask(one, [1, 2]);
    expect(counts.sampled).toBe(2);
    rates = [{ ...ALL, rate: 0 }];
    await one.flush();
    await ask(one, [1, 2]);
    expect(counts).toEqual({ sampled: 2, stored: 2, dropped: {} });
  });

  test("is bounded in rows, in bytes and in rows a second, and counts what it drops", async () => {
    for (const [limits, rate, reason] of [
      [{ rowsMax: 2 }, ALL, "full"],
      [{ bytesMax: 130 }, ALL, "full"],
      [{}, { ...ALL, rowsPerSecondMax: 0.2 }, "rate_cap"],
    ] as const) {
      rates = [rate];
      const one = sampler(limits);
      await one.flush();
      await ask(one, [1, 1, 1, 1, 1]);
      await one.flush();
      expect(counts).toEqual({ sampled: 5, stored: 2, dropped: { [reason]: 3 } });
      Object.assign(counts, { sampled: 0, stored: 0, dropped: {} });
    }
  });

  test("drops what the database does not take while serving goes on, and stores again when it is back", async () => {
    const one = sampler();
    await one.flush();
    isDown = true;
    expect((await ask(one, [1])).toString()).toContain("PRESENT");
    await one.flush();
    expect(counts).toEqual({ sampled: 1, stored: 0, dropped: { store_failed: 1 } });
    isDown = false;
    await ask(one, [1]);
    await one.flush();
    expect(counts.stored).toBe(1);
  });

  test("drops rather than stores when its process comes to it late", async () => {
    const one = sampler({ flushMs: 20, lateMs: 100 });
    await one.flush();
    one.start();
    await ask(one, [1, 2]);
    for (const end = performance.now() + 300; performance.now() < end; ); // the event loop stands still
    await vi.waitFor(() => expect(counts.dropped).toEqual({ busy: 2 }));
    await vi.waitFor(async () => {
      await ask(one, [1]); // again where other work made it late once more
      expect(counts.stored).toBeGreaterThan(0);
    });
    await one.stop();
  });
});
