import { describe, expect, it } from "vitest";
import { fixedClock, openTransaction } from "../../kit/index.ts";
import { aProject } from "../../testing/builders.ts";
import { checkParity, type ParityCheckDeps } from "./parity-check.ts";

describe("an open parity incident of which nothing was compared for a day", () => {
  const closedWhile = async (waiting: ReadonlyMap<string, number>): Promise<number> => {
    let closed = 0;
    const deps = {
      parityStore: { recent: async () => [], waitingCounts: async () => waiting },
      incidents: {
        openOf: async () => [{ id: 1, subject: "feature_view:driver_stats", check: "parity" }],
        async change() {
          closed += 1;
          return null;
        },
      },
      transactor: { transact: (work: (tx: unknown) => unknown) => work(openTransaction({})) },
      clock: fixedClock(0n),
    } as unknown as ParityCheckDeps;
    await checkParity(deps, aProject());
    return closed;
  };

  it("stays open while samples wait, since its history may not be readable, and is closed when there are none", async () => {
    expect(await closedWhile(new Map([["driver_stats", 3]]))).toBe(0);
    expect(await closedWhile(new Map([["other", 3]]))).toBe(1);
  });
});
