import { describe, expect, it, vi } from "vitest";
import { silentLogger } from "../kit/index.ts";
import type { Leases } from "./port.ts";
import { runPeriodically } from "./run-periodically.ts";

const EVERY_MS = 10;

/** Leases in memory, by this process's clock, that can be taken away and be away. */
function memoryLeases() {
  const held = new Map<string, { readonly holder: string; readonly until: number }>();
  const state = { isAway: false };
  const leases: Leases = {
    async hold(name, holder, forSeconds) {
      if (state.isAway) throw new Error("the database is away");
      const now = held.get(name);
      if (now !== undefined && now.holder !== holder && now.until > performance.now()) return false;
      held.set(name, { holder, until: performance.now() + forSeconds * 1_000 });
      return true;
    },
    async release(name, holder) {
      if (held.get(name)?.holder === holder) held.delete(name);
    },
  };
  return { leases, held, state };
}

function loop(leases: Leases | null, holder = "a") {
  const stopping = new AbortController();
  const periodic = { name: "work", everyMs: EVERY_MS, lease: leases && { leases, holder }, logger: silentLogger, signal: stopping.signal };
  return { stopping, periodic };
}

describe("work that runs on a clock", () => {
  it("renews its lease while it is under way, however long that takes, and lets it go when it stops", async () => {
    const { leases, held } = memoryLeases();
    const { stopping, periodic } = loop(leases);
    const renewed = vi.spyOn(leases, "hold");
    await runPeriodically(periodic, async () => {
      await vi.waitFor(() => expect(renewed.mock.calls.length).toBeGreaterThan(5), { timeout: 10_000 }); // ROUNDS_HELD is 3
      stopping.abort();
    });
    expect(new Set(renewed.mock.calls.map((call) => call.join(" ")))).toEqual(new Set(["work a 0.03"]));
    expect(held.size).toBe(0);
  });

  it("is left to the process that holds its lease", async () => {
    const { leases, held } = memoryLeases();
    held.set("work", { holder: "b", until: Number.POSITIVE_INFINITY });
    const { stopping, periodic } = loop(leases);
    const asked = vi.spyOn(leases, "hold");
    const work = vi.fn(async () => {});
    const ending = runPeriodically(periodic, work);
    await vi.waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(2), { timeout: 10_000 });
    expect(work).not.toHaveBeenCalled();
    held.delete("work");
    await vi.waitFor(() => expect(work).toHaveBeenCalled(), { timeout: 10_000 });
    stopping.abort();
    await ending;
  });

  it.each([
    ["another process has its lease", ({ held }: ReturnType<typeof memoryLeases>) => held.set("work", { holder: "b", until: Number.POSITIVE_INFINITY })],
    ["its lease cannot be renewed before it ends", ({ state }: ReturnType<typeof memoryLeases>) => Object.assign(state, { isAway: true })],
  ])("is told to end when %s", async (_, lose) => {
    const memory = memoryLeases();
    const { stopping, periodic } = loop(memory.leases);
    const told = Promise.withResolvers<void>();
    const ending = runPeriodically(periodic, async (signal) => {
      lose(memory);
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      expect(stopping.signal.aborted).toBe(false);
      told.resolve();
    });
    await told.promise;
    stopping.abort();
    await ending;
  });

  it("goes on after a round that failed, with or without a lease", async () => {
    for (const leases of [memoryLeases().leases, null]) {
      const { stopping, periodic } = loop(leases);
      let rounds = 0;
      await runPeriodically(periodic, async () => {
        rounds += 1;
        if (rounds === 1) throw new Error("not this time");
        stopping.abort();
      });
      expect(rounds).toBe(2);
    }
  });
});
