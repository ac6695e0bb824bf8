import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fixedClock, LarderError, type Micros } from "../../kit/index.ts";
import { type AlertSender, type AlertSeverity, deliverAlerts, type ShownChannel, saveChannel } from "../../notify/index.ts";
import { anEntity } from "../../testing/builders.ts";
import { type PipelineWorld, pipelineWorld } from "../../testing/pipeline-world.ts";
import type { Incident, NewIncident } from "../port.ts";
import { snoozeIncident } from "./handle-incident.ts";
import { closeIncident, raiseIncident, updateIncident } from "./incidents.ts";

/* Incidents and who is told of them, on a real database. */

let world: PipelineWorld;
let now: Micros;

beforeAll(async () => {
  world = await pipelineWorld();
  await world.apply([anEntity()]);
});
afterAll(() => world.dispose());
beforeEach(async () => {
  now = world.runtime.clock.now();
  const { incidents, runtime } = { incidents: world.runtime.incidents, runtime: world.runtime };
  for (const incident of await incidents.openOf(world.project, "freshness")) await closeIncident(runtime, incident, { why: "", memory: {}, now });
});

function found(subject: string, severity: AlertSeverity = "warning"): NewIncident {
  const text = { title: `${subject} is late`, cause: "source_silent", causeText: "No rows.", owner: null, team: "fleet" };
  return { project: world.project, subject, check: "freshness", severity, ...text, memory: {}, detail: {} };
}

async function raise(subject: string, severity: AlertSeverity = "warning"): Promise<Incident> {
  const incident = await raiseIncident(world.runtime, found(subject, severity), now);
  if (incident === null) throw new Error(`${subject} is open already`);
  return incident;
}

async function channel(name: string, routes: ShownChannel["routes"]): Promise<void> {
  const known = (await world.runtime.notifyStore.channels(world.project)).find((one) => one.name === name)?.id ?? null;
  const settings = { type: "slack", url: "http://127.0.0.1:1/" };
  await saveChannel(world.runtime, { actor: world.runtime.localOwner, project: world.project, channel: { id: known, name, settings, routes } });
}

/** Channels and what they are told of an incident, in the order of telling. */
async function told({ id }: Incident): Promise<readonly string[]> {
  const { rows } = await world.runtime.notifyStore.alerts({ project: world.project, state: null, page: 1, pageSize: 100 });
  return rows
    .filter(({ incident }) => incident === id)
    .map((alert) => `${alert.channel} ${alert.event}`)
    .toSorted();
}

describe("incidents of features", () => {
  it("are those of one view alone, whatever its name has in common with others", async () => {
    for (const subject of ["feature:a_b:x", "feature:acb:x", "feature:a_b2:x", "feature_view:a_b", "feature_view:acb"]) await raise(subject);
    const subjects = (rows: readonly Incident[]) => rows.map(({ subject }) => subject).toSorted();
    expect(subjects(await world.runtime.incidents.openOf(world.project, "freshness", "feature:a_b:"))).toEqual(["feature:a_b:x"]);
    const listed = await world.runtime.incidents.list({ project: world.project, state: "open", view: "a_b", page: 1, pageSize: 50 });
    expect(subjects(listed.rows)).toEqual(["feature:a_b:x", "feature_view:a_b"]);
  });
});

describe("what is told of an incident", () => {
  it("reaches a channel in the order in which it happened, although its begin had to wait", async () => {
    await channel("all", [{ team: null, severityMin: "warning" }]);
    await channel("strict", [{ team: "nobody", severityMin: "critical" }]);
    await deliver(0, () => Promise.resolve());
    const incident = await raise("feature_view:c");
    await deliver(1, () => Promise.reject(new LarderError("unavailable", "It is away.")));
    await closeIncident(world.runtime, incident, { why: "On time again.", memory: {}, now });
    const sent: string[] = [];
    const send: AlertSender["send"] = async (_settings, { message }) => void sent.push(message.event);
    await deliver(2, send);
    expect(sent).toEqual([]);
    await deliver(3_600, send);
    await deliver(3_601, send);
    expect(sent).toEqual(["opened", "closed"]);
  });
});

describe("an incident that becomes critical while it is snoozed", () => {
  const snoozed = async (subject: string): Promise<Incident> => {
    await channel("all", [{ team: null, severityMin: "warning" }]);
    await channel("strict", [{ team: "nobody", severityMin: "critical" }]);
    const incident = await raise(subject);
    await deliver(0, () => Promise.resolve());
    const { localOwner: actor } = world.runtime;
    const input = { actor, project: world.project, incident: incident.id };
    const calm = await snoozeIncident({ ...world.runtime, clock: fixedClock(now) }, { ...input, seconds: 3_600 });
    await updateIncident(world.runtime, calm, { severity: "critical", memory: {}, detail: {} }, now);
    return { ...calm, severity: "critical" };
  };
  const sentAfter = async (seconds: number): Promise<readonly string[]> => {
    const sent: string[] = [];
    await deliver(seconds, async (_settings, { message }) => void sent.push(`${message.event} ${message.severity}`));
    return sent;
  };

  it("is told when that is over, once", async () => {
    await snoozed("feature_view:f");
    expect([await sentAfter(3_599), await sentAfter(3_601), await sentAfter(7_200)]).toEqual([[], ["opened critical"], []]);
  });

  it("is told at once when someone ends that, and never when it closed by then", async () => {
    const incident = await snoozed("feature_view:g");
    const input = { actor: world.runtime.localOwner, project: world.project, incident: incident.id };
    await snoozeIncident({ ...world.runtime, clock: fixedClock(now) }, { ...input, seconds: 0 });
    expect(await sentAfter(1)).toEqual(["opened critical"]);
    await closeIncident(world.runtime, await snoozed("feature_view:h"), { why: "On time again.", memory: {}, now });
    expect(await sentAfter(7_200)).toEqual([]);
  });
});

/** Some seconds later. */
function deliver(seconds: number, send: AlertSender["send"]): Promise<number> {
  const { notifyStore, logger } = world.runtime;
  return deliverAlerts({ notifyStore, logger, alertSender: { send }, clock: fixedClock(now + BigInt(seconds) * 1_000_000n) });
}

describe("an incident that is long over", () => {
  it("is forgotten with its timeline and alerts, an open one never", async () => {
    await channel("all", [{ team: null, severityMin: "warning" }]);
    const [over, open] = [await raise("feature_view:d"), await raise("feature_view:e")];
    await closeIncident(world.runtime, over, { why: "On time again.", memory: {}, now });
    const { incidents } = world.runtime;
    await incidents.forget(now - 1_000n);
    expect(await incidents.get(world.project, over.id)).not.toBeNull();
    await incidents.forget(now + 1_000n);
    expect([await incidents.get(world.project, over.id), await incidents.timeline(over.id), await told(over)]).toEqual([null, [], []]);
    expect(await incidents.get(world.project, open.id)).not.toBeNull();
  });
});

describe("the end of an incident", () => {
  it("is told to those who were told of its begin, whatever it became and whatever their routes are by then", async () => {
    await channel("strict", [{ team: null, severityMin: "critical" }]);
    await channel("all", [{ team: null, severityMin: "warning" }]);
    const incident = await raise("feature_view:a", "critical");
    await updateIncident(world.runtime, incident, { severity: "warning", memory: {}, detail: {} }, now);
    await channel("all", [{ team: "others", severityMin: "warning" }]);
    await channel("new", [{ team: null, severityMin: "warning" }]);
    await closeIncident(world.runtime, incident, { why: "On time again.", memory: {}, now });
    expect(await told(incident)).toEqual(["all closed", "all opened", "strict closed", "strict opened"]);
  });

  it("is told once to those who were told that it became critical", async () => {
    await channel("strict", [{ team: null, severityMin: "critical" }]);
    await channel("all", [{ team: null, severityMin: "warning" }]);
    await channel("new", [{ team: "nobody", severityMin: "critical" }]);
    const incident = await raise("feature_view:b");
    expect(await told(incident)).toEqual(["all opened"]);
    await updateIncident(world.runtime, incident, { severity: "critical", memory: {}, detail: {} }, now);
    await closeIncident(world.runtime, incident, { why: "On time again.", memory: {}, now });
    expect(await told(incident)).toEqual(["all closed", "all opened", "all opened", "strict closed", "strict opened"]);
  });
});
