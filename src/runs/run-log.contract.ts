import { beforeEach, describe, expect, it } from "vitest";
import type { Transactor } from "../kit/index.ts";
import { localOwner } from "../testing/builders.ts";
import type { NewRun, RunEvent, RunLog } from "./port.ts";

export interface RunLogWorld {
  readonly runLog: RunLog;
  readonly transactor: Transactor;
  readonly project: string;
}

/** What every run log does. */
export function runLogContract(open: () => RunLogWorld): void {
  describe("a run log", () => {
    let world: RunLogWorld;
    let next = 0;
    const aRun = (change: Partial<NewRun> = {}): NewRun => {
      next += 1;
      const id = `RUN${String(next).padStart(5, "0")}${process.hrtime.bigint()}`;
      const base = { id, group: "G1", project: world.project, kind: "materialize", subject: "feature_view:v", request: { n: next }, actor: localOwner };
      return { ...base, key: id, ...change };
    };
    const create = (run: NewRun) => world.transactor.transact((tx) => world.runLog.create(tx, run));
    const begun = async (run: NewRun = aRun()) => {
      await create(run);
      await world.runLog.begin(run.id, "worker-1");
      return { run: run.id, attempt: 1 };
    };
    beforeEach(() => {
      world = open();
    });

    it("joins a second request of one key while the first is active, and starts anew after it", async () => {
      const first = aRun({ key: `k${next}` });
      expect((await create(first)).joined).toBe(false);
      expect(await create({ ...aRun(), key: first.key })).toMatchObject({ joined: true, run: { id: first.id } });
      await world.runLog.begin(first.id, "w");
      await world.runLog.finish({ run: first.id, attempt: 1 }, { state: "succeeded", receipt: {} });
      expect((await create({ ...aRun(), key: first.key })).joined).toBe(false);
    });

    it("makes one run of two simultaneous requests of one key", async () => {
      const key = `both${next}`;
      const [a, b] = await Promise.all([create(aRun({ key })), create(aRun({ key }))]);
      expect([a.joined, b.joined].sort()).toEqual([false, true]);
      expect(a.run.id).toBe(b.run.id);
    });

    it("leaves nothing of a run whose transaction fails", async () => {
      const run = aRun();
      const failing = world.transactor.transact(async (tx) => {
        await world.runLog.create(tx, run);
        throw new Error("rolled back");
      });
      await expect(failing).rejects.toThrow("rolled back");
      expect(await world.runLog.get(run.id)).toBeNull();
    });

    it("refuses every write of an attempt that another worker took over", async () => {
      const old = await begun();
      expect(await world.runLog.begin(old.run, "worker-2")).toMatchObject({ attempt: 2, worker: "worker-2", state: "running" });
      const writes = [
        world.runLog.progress(old, { stage: "s", done: 1, total: 2, unit: "keys", perSecond: null, secondsLeft: null }),
        world.runLog.checkpoint(old, {}),
        world.runLog.waiting(old, "redis"),
        world.runLog.log(old, "info", "hello"),
        world.runLog.finish(old, { state: "succeeded", receipt: {} }),
      ];
      for (const result of await Promise.allSettled(writes)) expect(result).toMatchObject({ status: "rejected", reason: { code: "conflict" } });
      expect((await world.runLog.get(old.run))?.state).toBe("running");
    });

    it("keeps checkpoint, progress, receipt and error", async () => {
      const attempt = await begun();
      await world.runLog.checkpoint(attempt, { shardsDone: 3 });
      await world.runLog.waiting(attempt, "redis");
      expect(await world.runLog.get(attempt.run)).toMatchObject({ checkpoint: { shardsDone: 3 }, waitingFor: "redis" });
      await world.runLog.finish(attempt, { state: "failed", error: { code: "unavailable", message: "m", hint: null } });
      const run = await world.runLog.get(attempt.run);
      expect(run).toMatchObject({ state: "failed", waitingFor: null, error: { code: "unavailable" }, checkpoint: { shardsDone: 3 } });
      expect(run?.finishedAt).not.toBeNull();
    });

    it("cancels a queued run at once, and tells a running one", async () => {
      const queued = aRun();
      await create(queued);
      const cancel = (id: string) => world.transactor.transact((tx) => world.runLog.requestCancel(tx, id));
      expect((await cancel(queued.id)).run.state).toBe("cancelled");
      expect(await world.runLog.begin(queued.id, "w")).toBeNull();
      const running = await begun();
      expect(await cancel(running.run)).toMatchObject({ accepted: true, run: { state: "running", cancelRequested: true } });
      expect(await world.runLog.isCancelRequested(running)).toBe(true);
      await world.runLog.finish(running, { state: "cancelled" });
      expect((await cancel(running.run)).accepted).toBe(false);
    });

    it("cancels a run that its worker left behind when the next one takes it up", async () => {
      const running = await begun();
      await world.transactor.transact((tx) => world.runLog.requestCancel(tx, running.run));
      expect(await world.runLog.begin(running.run, "worker-2")).toBeNull();
      expect((await world.runLog.get(running.run))?.state).toBe("cancelled");
    });

    it("resumes a failed run with its checkpoint, unless another does its work", async () => {
      const run = aRun();
      const attempt = await begun(run);
      const requeue = () => world.transactor.transact((tx) => world.runLog.requeue(tx, run.id));
      await expect(requeue()).rejects.toMatchObject({ code: "failed_precondition" });
      await world.runLog.checkpoint(attempt, { shardsDone: 1 });
      await world.runLog.finish(attempt, { state: "failed", error: { code: "internal", message: "m", hint: null } });
      const twin = aRun({ key: run.key });
      await create(twin);
      await expect(requeue()).rejects.toMatchObject({ code: "conflict" });
      await world.transactor.transact((tx) => world.runLog.requestCancel(tx, twin.id));
      expect(await requeue()).toMatchObject({ state: "queued", checkpoint: { shardsDone: 1 }, error: null });
    });

    it("follows events in order, none lost and none twice, from wherever the follower was", async () => {
      const start = await world.runLog.lastEventId();
      const stop = new AbortController();
      const seen: RunEvent[] = [];
      const following = (async () => {
        for await (const event of world.runLog.follow({ after: start, project: world.project, signal: stop.signal })) {
          seen.push(event);
          if (seen.length === 42) stop.abort();
        }
      })();
      const attempts = [await begun(), await begun()]; // two events each: queued, running
      await Promise.all(
        attempts.map(async (attempt) => {
          for (let n = 0; n < 19; n += 1) await world.runLog.log(attempt, "info", `${n}`);
        }),
      );
      await following;
      const ids = seen.map(({ id }) => id);
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
      expect(new Set(ids).size).toBe(42);
      const again: number[] = [];
      const half = ids[20] ?? 0;
      const stopAgain = new AbortController();
      for await (const event of world.runLog.follow({ after: half, project: world.project, signal: stopAgain.signal })) {
        again.push(event.id);
        if (again.length === 21) stopAgain.abort();
      }
      expect(again).toEqual(ids.slice(21));
    });

    it("lists by state, subject and group, newest first, in pages", async () => {
      const group = `g${process.hrtime.bigint()}`;
      const made = [];
      for (let n = 0; n < 5; n += 1) made.push(await begun(aRun({ group, subject: `feature_view:s${n % 2}` })));
      const list = (change: object) => world.runLog.list({ project: world.project, group, page: 1, pageSize: 2, ...change });
      expect(await list({})).toMatchObject({ total: 5, rows: [{ id: made[4]?.run }, { id: made[3]?.run }] });
      expect((await list({ page: 3 })).rows).toHaveLength(1);
      expect((await list({ subject: "feature_view:s1" })).total).toBe(2);
      expect((await list({ states: ["succeeded"] })).total).toBe(0);
      expect((await list({ about: "S1" })).total).toBe(2);
      expect((await list({ about: "no_such" })).total).toBe(0);
      const [newest] = (await list({})).rows;
      const name = newest?.actor.name ?? "";
      expect((await list({ actors: [name] })).total).toBe(5);
      expect((await list({ actors: ["nobody"] })).total).toBe(0);
      const at = newest?.createdAt ?? new Date(0);
      expect((await list({ to: at })).total).toBeLessThan(5);
      expect((await list({ from: at })).total).toBeGreaterThan(0);
      expect(await world.runLog.choices(world.project)).toMatchObject({ actors: [name] });
      expect(await world.runLog.ofGroup(group)).toHaveLength(5);
    });
  });
}
