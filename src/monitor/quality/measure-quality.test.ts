import { afterEach, describe, expect, it, vi } from "vitest";
import { fixedClock, type Micros } from "../../kit/index.ts";
import type { OfflineStore } from "../../offline/index.ts";
import { aSnapshot, aView } from "../../testing/builders.ts";
import { measureQuality } from "./measure-quality.ts";
import type { QualityLook, QualityStore } from "./port.ts";

/* Whose turn it is and what becomes of a view that takes too long: the files and the database are made up, their part is in quality.itest.ts. */

const DAY: Micros = 86_400_000_000n;
const HOUR: Micros = 3_600_000_000n;
const NOW = 20_000n * DAY + 12n * HOUR;

function world(views: readonly string[], known: readonly QualityLook[] = []) {
  const snapshot = aSnapshot(views.map((name) => aView({ name })));
  const saved = new Map(known.map((look) => [look.view, look]));
  const asked: string[] = [];
  const stuck = new Set<string>();
  const qualityStore = {
    looks: async () => [...saved.values()],
    windows: async () => [],
    save: async (_: string, look: QualityLook) => void saved.set(look.view, look),
  } as unknown as QualityStore;
  const offline = {
    eventSpan: async () => ({ oldest: NOW - 3n * DAY, newest: NOW }),
    async figuresByDay({ view }: { readonly view: { readonly view: string } }, signal: AbortSignal) {
      asked.push(view.view);
      if (!stuck.has(view.view)) return [];
      return new Promise((_, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    },
  } as unknown as OfflineStore;
  const measure = (now: Micros, signal = new AbortController().signal) =>
    measureQuality({ qualityStore, offline, clock: fixedClock(now) }, { project: snapshot.project, snapshot, signal });
  return { measure, saved, asked, stuck };
}

const aLook = (view: string, measuredAt: Micros, more: Partial<QualityLook> = {}): QualityLook => ({
  view,
  measuredAt,
  measuredOf: "other rows",
  error: null,
  newest: null,
  ...more,
});

afterEach(() => vi.restoreAllMocks());

describe("a round of measuring", () => {
  it("begins with the view that was measured longest ago, new ones first of all", async () => {
    const { measure, asked } = world(["a", "b", "c"], [aLook("a", NOW - DAY), aLook("b", NOW - 2n * DAY)]);
    await measure(NOW);
    expect(asked).toEqual(["c", "b", "a"]);
  });

  it("says of a view that takes too long that it does, goes on with the next, and leaves it alone for an hour", async () => {
    vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(AbortSignal.abort());
    const { measure, saved, asked, stuck } = world(["large", "small"]);
    stuck.add("large");
    await measure(NOW);
    expect(saved.get("large")?.error).toMatch(/took longer than \d+ s/);
    expect(saved.get("small")?.error).toBeNull();
    asked.length = 0;
    await measure(NOW + HOUR / 2n);
    expect(asked).toEqual([]);
  });

  it("saves nothing of a view whose round ended", async () => {
    const { measure, saved, stuck } = world(["large"]);
    stuck.add("large");
    const round = new AbortController();
    const measuring = measure(NOW, round.signal);
    round.abort();
    await measuring;
    expect(saved.size).toBe(0);
  });

  it("keeps what was known, of the rows it was known of, when a new version cannot be read", async () => {
    vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(AbortSignal.abort());
    const newest = { day: NOW - DAY, rows: 1, state: "good", findings: [] } as const;
    const { measure, saved, stuck } = world(["a"], [aLook("a", NOW - DAY, { newest })]);
    stuck.add("a");
    await measure(NOW);
    expect(saved.get("a")).toMatchObject({ measuredOf: "other rows", error: expect.any(String), newest });
  });
});
