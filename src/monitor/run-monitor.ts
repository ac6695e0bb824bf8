import type { Actor, AuditLog, Authorizer } from "../domain/index.ts";
import { LarderError, type Transactor } from "../kit/index.ts";
import { requireProject } from "../registry/index.ts";
import { judgeDue } from "./drift/judge-due.ts";
import { probeOnline } from "./expiry/probe-online.ts";
import { checkFreshness } from "./freshness/freshness-check.ts";
import type { JudgedView } from "./freshness/judge-views.ts";
import { type ProbeRound, probeSources } from "./freshness/probe-sources.ts";
import { measureQuality } from "./quality/measure-quality.ts";
import { moveQualityIncidents } from "./quality/quality-incidents.ts";
import type { MonitorDeps } from "./start-monitor.ts";

export type RunMonitorDeps = MonitorDeps & { readonly authorizer: Authorizer; readonly audit: AuditLog; readonly transactor: Transactor };

export interface RunMonitorInput {
  readonly actor: Actor;
  readonly project: string;
  readonly signal: AbortSignal;
}

/**
 * Does for one project, at once, what the background monitor does in its rounds: measures, judges freshness, quality and drift, and moves
 * incidents. Beside a worker it does some work twice, never differently. Throws not_found, permission_denied.
 */
export async function runMonitor(deps: RunMonitorDeps, input: RunMonitorInput): Promise<readonly JudgedView[]> {
  const { actor, project: name, signal } = input;
  const round = { ...(await openRound(deps, input)), stop: signal };
  const at = deps.clock.now();
  await deps.transactor.transact((tx) =>
    deps.audit.record(tx, { at, actor, action: "ran the monitor", project: name, subject: `project:${name}`, detail: {} }),
  );
  await probe(deps, round, null);
  const looks = await measureQuality(deps, round);
  await moveQualityIncidents(deps, { ...round, looks, now: deps.clock.now() });
  while (!signal.aborted && (await judgeDue(deps, round)) > 0);
  return checkFreshness(deps, round.project, { keepLooks: true });
}

export interface ProbeNowInput extends RunMonitorInput {
  /** null: all. */
  readonly views: readonly string[] | null;
}

/** Looks at the sources and online rows of views at once, as the background does in its rounds; no incident moves. Throws not_found, permission_denied. */
export async function probeNow(deps: MonitorDeps & { readonly authorizer: Authorizer }, input: ProbeNowInput): Promise<void> {
  await probe(deps, await openRound(deps, input), input.views);
}

async function openRound(deps: MonitorDeps & { readonly authorizer: Authorizer }, { actor, project: name, signal }: RunMonitorInput): Promise<ProbeRound> {
  const project = await requireProject(deps.registry, name);
  await deps.authorizer.authorize({ actor, action: "operate", resource: { project: name, kind: "project", name, team: null } });
  const snapshot = await deps.registry.snapshot(name);
  if (snapshot === null) throw new LarderError("not_found", `There is no project ${name}.`);
  return { project, snapshot, signal };
}

async function probe(deps: MonitorDeps, round: ProbeRound, views: readonly string[] | null): Promise<void> {
  await probeSources(deps, { ...round, byHand: { views } });
  await probeOnline(deps, { ...round, byHand: { views } });
}
