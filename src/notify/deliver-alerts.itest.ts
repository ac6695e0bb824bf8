import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { fixedClock, type Micros } from "../kit/index.ts";
import { createRuntime, type Runtime, readEnvironment } from "../runtime/index.ts";
import { aFileSource, anEntity, aView } from "../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { deliverAlerts } from "./deliver-alerts.ts";
import type { AlertMessage } from "./port.ts";
import { retryAlert } from "./retry-alert.ts";
import { saveChannel } from "./save-channel.ts";

/* The outbox with real processes and a real receiver, which answers as told, or not at all. */

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly text?: string; readonly title?: string };
}

let world: PipelineWorld;
let now: Micros;
let got: Got[] = [];
let answer: (response: ServerResponse) => void;
const receiver = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    got.push({ headers: request.headers, body: JSON.parse(body) });
    answer(response);
  });
});
const ok = (response: ServerResponse) => void response.writeHead(200).end("ok");
const refuse = (response: ServerResponse) => void response.writeHead(410).end();
const never = () => undefined;

beforeAll(async () => {
  receiver.listen(0, "127.0.0.1");
  [world] = await Promise.all([pipelineWorld(), once(receiver, "listening")]);
  const rows = "select 1::bigint driver_id, now() datetime, now() created, 0.5::float conv_rate, 0.5::float acc_rate, 1 avg_daily_trips";
  await world.apply([anEntity(), aFileSource({ path: await writeParquet(world.home, "driver_stats.parquet", rows) }), aView()]);
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await world.dispose();
});
beforeEach(() => {
  got = [];
  answer = ok;
  now = world.runtime.clock.now();
});

const owner = () => ({ actor: world.runtime.localOwner, project: world.project });
const at = (moment: Micros) => ({ ...world.runtime, clock: fixedClock(moment) });
const keys = () => got.map(({ headers }) => headers["larder-delivery"]);
const alerts = async (state: "waiting" | "sent" | "failed" | null = null) =>
  (await world.runtime.notifyStore.alerts({ project: world.project, state, page: 1, pageSize: 100 })).rows;

async function channel(type: "webhook" | "slack"): Promise<number> {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/${type}`;
  const routes = [{ team: null, severityMin: "warning" }] as const;
  const known = (await world.runtime.notifyStore.channels(world.project)).find(({ name }) => name === type)?.id ?? null;
  return (await saveChannel(world.runtime, { ...owner(), channel: { id: known, name: type, settings: { type, url }, routes } })).channel.id;
}

async function enqueue(to: number, count: number, about: string, change: Partial<AlertMessage> = {}): Promise<readonly string[]> {
  const message = {
    event: "opened",
    severity: "warning",
    title: about,
    text: "It is late.",
    subject: "feature_view:driver_stats",
    check: "freshness",
  } as const;
  const whose = { project: world.project, incident: null, owner: null, team: null, at: "2026-11-23T12:00:00Z", url: "http://localhost:3000/incidents/1" };
  const made = Array.from({ length: count }, (_, nth) => `${about}:${nth}`);
  const queued = made.map((onceKey) => ({ project: world.project, channel: to, incident: null, onceKey, message: { ...whose, ...message, ...change } }));
  await world.runtime.transactor.transact((tx) => world.runtime.notifyStore.enqueue(tx, queued, now));
  return made;
}

describe("a Slack-compatible channel", () => {
  it("gets a text with the headline in bold, its marks escaped, and the key of the alert", async () => {
    await enqueue(await channel("slack"), 1, "slack", { title: "a<b is late & alone", severity: "critical", team: "fleet", owner: "ada@example.com" });
    expect(await deliverAlerts(at(now))).toBe(1);
    const [first] = got;
    expect(first?.headers).toMatchObject({ "content-type": "application/json", "larder-delivery": "slack:0" });
    expect(first?.body).toEqual({
      text: `*[${world.project}] Critical: a&lt;b is late &amp; alone*\nIt is late.\nteam fleet, owner ada@example.com\nAt 2026-11-23T12:00:00Z\nhttp://localhost:3000/incidents/1`,
    });
  });
});

describe("an alert in the outbox", () => {
  it("is sent once by two processes that deliver at the same time", async () => {
    const made = await enqueue(await channel("webhook"), 60, "both");
    const other: Runtime = await createRuntime({ environment: readEnvironment(world.env), name: "other" });
    try {
      const sent = await Promise.all([deliverAlerts(at(now)), deliverAlerts({ ...other, clock: fixedClock(now) })]);
      expect(sent[0] + sent[1]).toBe(60);
    } finally {
      await other.dispose();
    }
    expect(keys().toSorted()).toEqual(made.toSorted());
    expect(await deliverAlerts(at(now + 3_600_000_000n))).toBe(0);
  });

  it("outlives a process that is killed while it sends: the same key again, so that a receiver counts it once", async () => {
    const made = await enqueue(await channel("webhook"), 5, "killed");
    answer = never; // it arrived, but the sender will never know
    const worker = startWorker();
    try {
      await vi.waitFor(() => expect(new Set(keys())).toEqual(new Set(made)), 30_000);
    } finally {
      worker.kill("SIGKILL");
      await once(worker, "exit");
    }
    answer = ok;
    const taken = world.runtime.clock.now();
    expect(await deliverAlerts(at(taken))).toBe(0); // it may still be at it
    expect(await deliverAlerts(at(taken + 31_000_000n))).toBe(5);
    expect(keys()).toHaveLength(10);
    expect(new Set(keys())).toEqual(new Set(made));
    expect(await alerts("waiting")).toEqual([]);
  });

  it("stays sent when the process that was too slow reports a failure later", async () => {
    await enqueue(await channel("webhook"), 1, "slow");
    const { notifyStore } = world.runtime;
    const [slow] = await notifyStore.take(now, now + 30_000_000n, 1);
    if (slow === undefined) throw new Error("nothing was taken");
    expect(await deliverAlerts(at(now + 31_000_000n))).toBe(1);
    await notifyStore.markFailed(slow, "it gave up", null);
    expect((await alerts())[0]).toMatchObject({ title: "slow", state: "sent", error: null });
  });

  it("waits longer after each refusal that may pass, and is given up after hours", async () => {
    await enqueue(await channel("webhook"), 1, "away");
    answer = (response) => void response.writeHead(503).end();
    const waits: number[] = [];
    for (let moment = now; (await alerts())[0]?.state === "waiting"; moment = BigInt((await alerts())[0]?.dueAt.getTime() ?? 0) * 1_000n) {
      await deliverAlerts(at(moment));
      waits.push(Number(BigInt((await alerts())[0]?.dueAt.getTime() ?? 0) - moment / 1_000n) / 1_000);
    }
    expect(waits.slice(0, -1).map(Math.round)).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]);
    expect((await alerts("failed")).map(({ title, attempts, error }) => [title, attempts, error])).toEqual([["away", 12, "The receiver answered 503."]]);
  });

  it("does not wait for those of another channel that is away", async () => {
    await enqueue(await channel("webhook"), 30, "held");
    const others = await enqueue(await channel("slack"), 12, "healthy");
    answer = (response) => void response.writeHead(response.req.url === "/slack" ? 200 : 503).end();
    expect(await deliverAlerts(at(now))).toBe(12);
    expect(keys().filter((key) => others.includes(String(key)))).toHaveLength(12);
    answer = ok;
    expect(await deliverAlerts(at(now + 60_000_000n))).toBe(30);
  });

  it("that failed is sent again when someone asks, under its own key; else nothing is", async () => {
    await enqueue(await channel("webhook"), 1, "refused");
    answer = refuse;
    expect(await deliverAlerts(at(now))).toBe(0);
    const [failed] = await alerts("failed");
    expect(failed).toMatchObject({ title: "refused", attempts: 1, error: "The receiver answered 410." });
    answer = ok;
    expect(await deliverAlerts(at(now + 3_600_000_000n))).toBe(0);
    await retryAlert(at(now), { ...owner(), alert: failed?.id ?? "0" });
    expect(await deliverAlerts(at(now))).toBe(1);
    expect(keys()).toEqual(["refused:0", "refused:0"]);
    await expect(retryAlert(at(now), { ...owner(), alert: failed?.id ?? "0" })).rejects.toMatchObject({ code: "failed_precondition" });
    const viewer = { ...world.runtime.localOwner, isAdmin: false };
    await expect(retryAlert(at(now), { ...owner(), actor: viewer, alert: "1" })).rejects.toMatchObject({ code: "permission_denied" });
  });
});

function startWorker(): ChildProcess {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  return spawn(process.execPath, ["src/worker/main.ts"], { cwd: root, env: { ...process.env, ...world.env }, stdio: "ignore" });
}
