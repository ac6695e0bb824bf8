import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Attempt } from "../../runs/index.ts";
import { aFileSource, anEntity, aView } from "../../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../../testing/pipeline-world.ts";
import type { TrpcContext } from "../context.ts";
import { createCaller } from "../router.ts";
import type { LiveMessage } from "./follow.ts";

let world: PipelineWorld;
let runs = 0;

beforeAll(async () => {
  world = await pipelineWorld();
  await world.apply([anEntity(), await source(), aView()]);
});
afterAll(() => world.dispose());

describe("what an open page hears", () => {
  it("is every event of a run in order, each with the run as it is then", async () => {
    const page = await open();
    const attempt = await startRun();
    await world.runtime.runLog.progress(attempt, { stage: "writing", done: 5, total: 10, unit: "keys", perSecond: 5, secondsLeft: 1 });
    await world.runtime.runLog.finish(attempt, { state: "cancelled" });
    const heard = await page.take(4);
    expect(heard.map(describeMessage)).toEqual(["state queued", "state running", "progress 5", "state cancelled"]);
    expect(page.ids()).toEqual([...page.ids()].sort((a, b) => a - b));
    await page.close();
  });

  it("goes on after the last event seen: nothing is lost or doubled", async () => {
    const first = await open();
    const attempt = await startRun();
    await first.take(1);
    await first.close();
    await world.runtime.runLog.finish(attempt, { state: "cancelled" });
    const second = await open({ lastEventId: first.ids()[0] ?? 0 });
    expect((await second.take(2)).map(describeMessage)).toEqual(["state running", "state cancelled"]);
    await second.close();
  });

  it("begins anew when the page knows events of another database", async () => {
    const page = await open({ lastEventId: 1_000_000_000 });
    expect(await page.take(1)).toEqual([{ kind: "reset" }]);
    await page.close();
  });

  it("tells of an apply, once it is watched for", async () => {
    const page = await open();
    const heard = page.take(1);
    await expect
      .poll(async () => {
        runs += 1;
        await world.apply([anEntity({ description: `changed ${runs}` }), await source(), aView()]);
        return Promise.race([heard, new Promise((resolve) => setTimeout(() => resolve(null), 500))]);
      })
      .toEqual([{ kind: "registry" }]);
    await page.close();
  });

  it("ends so that the page comes back when the process stops", async () => {
    const shutdown = new AbortController();
    const page = await open({}, shutdown.signal);
    const heard = page.take(1);
    shutdown.abort();
    await expect(heard).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  });
});

function describeMessage(message: LiveMessage): string {
  if (message.kind !== "run") return message.kind;
  const { state, done } = message.event.body as { readonly state?: string; readonly done?: number };
  return `${message.event.type} ${state ?? done}`;
}

async function open(input: { lastEventId?: number } = {}, shutdown: AbortSignal = new AbortController().signal) {
  const leave = new AbortController();
  const context: TrpcContext = {
    runtime: world.runtime,
    actor: world.runtime.localOwner,
    requestedProject: world.project,
    serveUrl: "",
    shutdown: AbortSignal.any([shutdown, leave.signal]),
  };
  const after = input.lastEventId ?? (await world.runtime.runLog.lastEventId());
  const stream = await createCaller(context).live.follow({ lastEventId: after });
  const messages = stream[Symbol.asyncIterator]();
  const ids: number[] = [];
  return {
    ids: () => ids,
    async take(count: number): Promise<LiveMessage[]> {
      const taken: LiveMessage[] = [];
      while (taken.length < count) {
        const { value, done } = await messages.next();
        if (done) throw new Error("the stream ended");
        const [id, message] = envelopeOf(value);
        ids.push(Number(id));
        taken.push(message);
      }
      return taken;
    },
    async close() {
      leave.abort();
      await messages.next().catch(() => undefined);
    },
  };
}

/** In this process a tracked message is still in its envelope, whatever its type says. */
function envelopeOf(tracked: unknown): readonly [string, LiveMessage] {
  return tracked as readonly [string, LiveMessage];
}

async function startRun(): Promise<Attempt> {
  runs += 1;
  const id = `RUN${String(runs).padStart(23, "0")}`;
  const { runLog, transactor, localOwner: actor } = world.runtime;
  const run = { id, group: id, project: world.project, kind: "other", subject: "feature_view:driver_stats", request: {}, actor, key: id };
  await transactor.transact((tx) => runLog.create(tx, run));
  const begun = await runLog.begin(id, "worker-1");
  return { run: id, attempt: begun?.attempt ?? 0 };
}

async function source() {
  const rows =
    "select 7::bigint driver_id, now()::timestamptz datetime, now()::timestamptz created, 0.5::double conv_rate, 0.5::double acc_rate, 3::int avg_daily_trips";
  return aFileSource({ path: await writeParquet(world.home, "driver_stats.parquet", rows) });
}
