import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { replaces } from "../domain/index.ts";
import { columnBatch } from "../testing/column-batch.ts";
import { uniqueName } from "../testing/world.ts";
import { packRows } from "./pack-rows.ts";
import { entityKeyAt, keyList, packedRowAt } from "./packed-batch.ts";
import type { OnlineStore, PackedBatch, RowSpace, WriteCounts } from "./port.ts";

export interface OnlineStoreWorld {
  readonly store: OnlineStore;
  /** A second client of the same data: another process, as far as the store can tell. */
  readonly other: OnlineStore;
  /** Loses everything, as a flush or a deleted file does. */
  flush(): Promise<void>;
  dispose(): Promise<void>;
}

interface Row {
  readonly key: string;
  readonly event: bigint;
  readonly created: bigint | null;
  readonly value: string;
}

const SPEC = { joinKeys: [{ name: "id", type: "string" }], features: [{ name: "value", type: "string", column: "value" }] } as const;

function pack(rows: readonly Row[]): PackedBatch {
  const fields = [...SPEC.joinKeys, ...SPEC.features];
  return packRows(
    SPEC,
    columnBatch(
      fields,
      rows.map(({ key, event, created, value }) => ({ event, created, values: { id: key, value } })),
    ),
  ).batch;
}

function row(key: string, event: bigint, value = "v", created: bigint | null = null): Row {
  return { key, event, created, value };
}

const keysOf = (names: readonly string[]): Uint8Array[] => keyList(pack(names.map((name) => row(name, 0n))));
const bytesOf = (one: Row): Buffer => Buffer.from(packedRowAt(pack([one]), 0));
const newSpace = (): RowSpace => ({ project: uniqueName("p"), version: "1" });

async function readRows(store: OnlineStore, space: RowSpace, names: readonly string[]): Promise<(Buffer | null)[]> {
  const [found = []] = await store.read([{ space, keys: keysOf(names) }]);
  return found.map((bytes) => (bytes === null ? null : Buffer.from(bytes)));
}

async function scanAll(store: OnlineStore, space: RowSpace, batchRows: number): Promise<{ rows: Map<string, Buffer>; batches: number[] }> {
  const rows = new Map<string, Buffer>();
  const batches: number[] = [];
  for await (const batch of store.scan(space, batchRows)) {
    batches.push(batch.count);
    for (let index = 0; index < batch.count; index += 1) {
      rows.set(Buffer.from(entityKeyAt(batch, index)).toString("hex"), Buffer.from(packedRowAt(batch, index)));
    }
  }
  return { rows, batches };
}

/** The rule itself, row by row in the order of arrival: what every store is held to. */
function apply(state: Map<string, Row>, rows: readonly Row[]): WriteCounts {
  const counts = { written: 0, created: 0, unchanged: 0, skippedOlder: 0 };
  for (const arriving of rows) {
    const present = state.get(arriving.key) ?? null;
    if (present !== null && bytesOf(present).equals(bytesOf(arriving))) counts.unchanged += 1;
    else if (!replaces(arriving, present)) counts.skippedOlder += 1;
    else {
      state.set(arriving.key, arriving);
      counts.written += 1;
      if (present === null) counts.created += 1;
    }
  }
  return counts;
}

// Times that differ in high and low bytes, so that an order by text, by double or by half of the bytes shows.
const TIMES = [-(2n ** 62n), -1n, 0n, 1n, 127n, 128n, 255n, 256n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 62n];
const anyRow = fc.record({
  key: fc.constantFrom("a", "b", "c"),
  event: fc.constantFrom(...TIMES),
  created: fc.option(fc.constantFrom(...TIMES)),
  value: fc.constantFrom("x", "y"),
});
const anyBatches = fc.array(fc.array(anyRow, { maxLength: 12 }), { maxLength: 6 });

/** What every online store does; `open` gives a world of this suite's own. */
export function describeOnlineStore(name: string, open: () => Promise<OnlineStoreWorld>): void {
  describe(`online store: ${name}`, () => {
    let world: OnlineStoreWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world?.dispose());

    describeNewestWins(() => world);
    describeReads(() => world);
    describeSpaces(() => world);
  });
}

function describeNewestWins(world: () => OnlineStoreWorld): void {
  it("keeps the newest row, whatever the order and number of writes, and counts what it did", async () => {
    const holds = fc.asyncProperty(anyBatches, fc.array(fc.nat()), async (batches, replays) => {
      const { store, other } = world();
      const space = newSpace();
      const state = new Map<string, Row>();
      const arriving = [...batches, ...replays.flatMap((pick) => (batches.length === 0 ? [] : [batches[pick % batches.length] ?? []]))];
      for (const [index, rows] of arriving.entries()) {
        const counts = await (index % 2 === 0 ? store : other).writeNewest(space, pack(rows));
        expect(counts).toEqual(apply(state, rows));
      }
      const expected = ["a", "b", "c"].map((key) => state.get(key)).map((kept) => (kept ? bytesOf(kept) : null));
      expect(await readRows(store, space, ["a", "b", "c"])).toEqual(expected);
      expect((await store.count(space)).keys).toBe(state.size);
    });
    await fc.assert(holds, { numRuns: 60 });
  });

  it("ends the same when two writers interleave", async () => {
    const { store, other } = world();
    const space = newSpace();
    const names = Array.from({ length: 300 }, (_, index) => `key ${index}`);
    const rowsAt = (event: bigint) => pack(names.map((name) => row(name, event, `at ${event}`)));
    const times = Array.from({ length: 20 }, (_, index) => BigInt((index * 7) % 20)); // every time once, out of order
    const counts = await Promise.all(times.map((event, index) => (index % 2 === 0 ? store : other).writeNewest(space, rowsAt(event))));
    expect(await readRows(store, space, names)).toEqual(names.map((name) => bytesOf(row(name, 19n, "at 19"))));
    expect(counts.reduce((sum, { created }) => sum + created, 0)).toBe(names.length);
    expect(counts.reduce((sum, { written, unchanged, skippedOlder }) => sum + written + unchanged + skippedOlder, 0)).toBe(names.length * times.length);
  });

  it("takes an empty batch, and one of 100,000 rows", async () => {
    const { store } = world();
    const space = newSpace();
    const nothing = { written: 0, created: 0, unchanged: 0, skippedOlder: 0 };
    expect(await store.writeNewest(space, pack([]))).toEqual(nothing);
    const rows = Array.from({ length: 100_000 }, (_, index) => row(`key ${(index * 7919) % 100_000}`, BigInt(index)));
    const batch = pack(rows);
    expect(await store.writeNewest(space, batch)).toEqual({ ...nothing, written: 100_000, created: 100_000 });
    expect(await store.writeNewest(space, batch)).toEqual({ ...nothing, unchanged: 100_000 });
    expect((await store.count(space)).keys).toBe(100_000);
    const { rows: scanned } = await scanAll(store, space, 7_000);
    expect(scanned.size).toBe(100_000);
    expect(await store.drop([space])).toBe(100_000);
  });

  it("takes rows of any size", async () => {
    const { store } = world();
    const space = newSpace();
    const rows = [row("long", 1n, "x".repeat(300_000)), row("empty", 1n, ""), row("k".repeat(2_000), 1n, "y".repeat(70_000)), row("", 1n)];
    await store.writeNewest(space, pack(rows));
    expect(
      await readRows(
        store,
        space,
        rows.map(({ key }) => key),
      ),
    ).toEqual(rows.map(bytesOf));
  });
}

function describeReads(world: () => OnlineStoreWorld): void {
  it("answers in the order asked, duplicates twice, null where there is none", async () => {
    const { store, other } = world();
    const spaces = [newSpace(), newSpace()] as const;
    await store.writeNewest(spaces[0], pack([row("a", 1n, "first"), row("b", 2n, "first")]));
    await store.writeNewest(spaces[1], pack([row("a", 3n, "second")]));
    const answer = await other.read([
      { space: spaces[0], keys: keysOf(["b", "none", "a", "b"]) },
      { space: spaces[1], keys: [] },
      { space: spaces[1], keys: keysOf(["b", "a"]) },
      { space: newSpace(), keys: keysOf(["a"]) },
    ]);
    const [a, b] = [bytesOf(row("a", 1n, "first")), bytesOf(row("b", 2n, "first"))];
    expect(answer.map((found) => found.map((bytes) => (bytes === null ? null : Buffer.from(bytes))))).toEqual([
      [b, null, a, b],
      [],
      [null, bytesOf(row("a", 3n, "second"))],
      [null],
    ]);
    expect(await store.read([])).toEqual([]);
  });

  it("answers many keys at once", async () => {
    const { store } = world();
    const space = newSpace();
    const names = Array.from({ length: 12_000 }, (_, index) => `key ${index}`);
    await store.writeNewest(space, pack(names.filter((_, index) => index % 2 === 0).map((name) => row(name, 1n, name))));
    const found = await readRows(store, space, names);
    expect(found.map((bytes, index) => (bytes === null) === (index % 2 === 1))).not.toContain(false);
    expect(found[11_998]).toEqual(bytesOf(row("key 11998", 1n, "key 11998")));
  });

  it("scans every row once it rests, in batches", async () => {
    const { store } = world();
    const space = newSpace();
    const rows = Array.from({ length: 25 }, (_, index) => row(`key ${index}`, BigInt(index)));
    await store.writeNewest(space, pack(rows));
    const { rows: scanned, batches } = await scanAll(store, space, 10);
    expect(scanned).toEqual(new Map(rows.map((one) => [Buffer.from(keysOf([one.key])[0] ?? "").toString("hex"), bytesOf(one)])));
    expect(Math.max(...batches)).toBeLessThanOrEqual(10);
    expect((await scanAll(store, newSpace(), 10)).batches).toEqual([]);
  });
}

const AWKWARD = ["*", "?", "[a-z]", "\\", "{", "}", "}2", "{x}1", ":", "a:b", "\r\n", "\u0000", "*}1", "L{", "%", "'", '"', "é", "\u{10ffff}"];

function describeSpaces(world: () => OnlineStoreWorld): void {
  it("keeps spaces apart, whatever bytes the keys are of, and drops one without the others", async () => {
    const { store, other } = world();
    const project = uniqueName("p");
    const spaces = [1, 2, 12, 21].map((version) => ({ project, version: String(version) }));
    const all: readonly RowSpace[] = [...spaces, { project: `${project}0`, version: "1" }, { project: `${project}_`, version: "1" }];
    const rowsIn = (space: RowSpace) => AWKWARD.map((key) => row(key, 1n, `${space.project} ${space.version}`));
    for (const space of all) await store.writeNewest(space, pack(rowsIn(space)));
    const [dropped, ...kept] = all;
    expect(await other.drop([dropped ?? newSpace()])).toBe(AWKWARD.length);
    expect(await readRows(store, dropped ?? newSpace(), AWKWARD)).toEqual(AWKWARD.map(() => null));
    for (const space of kept) {
      expect(await readRows(store, space, AWKWARD)).toEqual(rowsIn(space).map(bytesOf));
      expect((await scanAll(store, space, 5)).rows.size).toBe(AWKWARD.length);
      expect((await store.count(space)).keys).toBe(AWKWARD.length);
    }
    expect(await store.drop(all)).toBe(AWKWARD.length * kept.length);
    expect(await store.drop(all)).toBe(0);
    expect(await store.count(dropped ?? newSpace())).toMatchObject({ keys: 0 });
  });

  it("takes rows into a space that was dropped", async () => {
    const { store, other } = world();
    const space = newSpace();
    await store.writeNewest(space, pack([row("a", 5n), row("b", 5n)]));
    await other.drop([space]);
    expect(await store.writeNewest(space, pack([row("a", 1n)]))).toMatchObject({ written: 1, created: 1 });
    expect(await store.count(space)).toMatchObject({ keys: 1 });
  });

  it("says about how large a space is, where it can", async () => {
    const { store } = world();
    const space = newSpace();
    await store.writeNewest(space, pack(Array.from({ length: 1_000 }, (_, index) => row(`key ${index}`, 1n, "x".repeat(200)))));
    const { bytes } = await store.count(space);
    expect(bytes).toBeGreaterThan(200_000);
    expect(bytes).toBeLessThan(1_000_000);
  });

  it("tells the event times of a space's rows, of a part of them where that is enough", async () => {
    const { store } = world();
    const space = newSpace();
    expect(await store.eventTimes(space, 10)).toEqual({ events: new BigInt64Array(), exact: true });
    const events = Array.from({ length: 3_000 }, (_, index) => BigInt(index) * 1_000_000n - 1_000n);
    await store.writeNewest(space, pack(events.map((event, index) => row(`key ${index}`, event))));
    const all = await store.eventTimes(space, 3_000);
    expect(all.exact).toBe(true);
    expect([...all.events].sort((a, b) => (a < b ? -1 : 1))).toEqual(events);
    const part = await store.eventTimes(space, 100);
    expect([part.exact, part.events.length, new Set(part.events).size]).toEqual([false, 100, 100]);
    expect(events).toEqual(expect.arrayContaining([...part.events]));
  });

  it("has an epoch per project, the same for everyone until everything is lost", async () => {
    const { store, other, flush } = world();
    const [project, another] = [uniqueName("p"), uniqueName("p")];
    const first = await store.epoch(project);
    expect(first.isNew).toBe(true);
    expect(await other.epoch(project)).toEqual({ epoch: first.epoch, isNew: false });
    expect((await store.epoch(another)).epoch).not.toBe(first.epoch);
    const space = { project, version: "1" };
    await store.writeNewest(space, pack([row("a", 1n)]));
    await store.drop([space]);
    expect(await store.epoch(project)).toEqual({ epoch: first.epoch, isNew: false });
    await store.writeNewest(space, pack([row("a", 1n)]));
    await flush();
    await vi.waitFor(async () => expect(await readRows(store, space, ["a"])).toEqual([null])); // a store may look for a loss now and then only
    const second = await store.epoch(project);
    expect(second.isNew).toBe(true);
    expect(second.epoch).not.toBe(first.epoch);
    expect(await other.epoch(project)).toEqual({ epoch: second.epoch, isNew: false });
    expect(await store.writeNewest(space, pack([row("a", 1n)]))).toMatchObject({ created: 1 });
  });

  it("answers a ping, and names its place", async () => {
    const { store } = world();
    await expect(store.ping()).resolves.toBeUndefined();
    expect(store.place).not.toBe("");
  });
}
