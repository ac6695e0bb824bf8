import type { Actor, BatchSource } from "../domain/index.ts";
import type { Micros, Page, PageRequest, Transaction } from "../kit/index.ts";
import type { AlertSeverity } from "../notify/index.ts";
import type { Project } from "../registry/index.ts";
import type { AgeBin } from "./expiry/expiry.ts";
import type { FreshnessFacts } from "./freshness/freshness.ts";
import type { Looks } from "./freshness/slo.ts";
import type { Timeliness } from "./incidents/incident-state.ts";

/*
 * Words. A *check* looks at one kind of thing that can go wrong ("freshness", "drift") of many *subjects* ("feature_view:driver_stats").
 * A *probe* measures what no one else writes down: a source, the online rows of a view. A *sample* is what was seen in one hour, or one
 * day once it is older than 30 days. An *incident* is what a check found, from its opening to its closing.
 */

/** Facts without the cadence, which follows from the schedule. */
export interface StoredFacts extends Omit<FreshnessFacts, "cadenceSeconds"> {
  readonly schedule: string | null;
  readonly online: boolean;
  /** Of the view's batch source; null: it has none. */
  readonly batchType: BatchSource["type"] | null;
}

export interface SourceProbe {
  readonly source: string;
  readonly newestEvent: Micros | null;
  readonly usualAgeSeconds: number | null;
  readonly error: string | null;
  readonly measuredAt: Micros;
}

export interface OnlineProbe {
  readonly view: string;
  readonly store: string;
  readonly versionId: string;
  readonly ttlSeconds: number | null;
  readonly keys: number;
  readonly looked: number;
  readonly expired: number;
  /** Whether every row was looked at. */
  readonly exact: boolean;
  readonly newestEvent: Micros | null;
  readonly oldestEvent: Micros | null;
  readonly ages: readonly AgeBin[];
  readonly error: string | null;
  readonly measuredAt: Micros;
}

export type SampleSpan = "hour" | "day";

export interface FreshnessLook {
  readonly view: string;
  readonly state: Timeliness;
  readonly ageSeconds: number | null;
  readonly objectiveSeconds: number | null;
  readonly cause: string | null;
}

export interface FreshnessSample {
  readonly view: string;
  readonly at: Date; // begin of the hour or day
  readonly span: SampleSpan;
  /** The worst that was seen. */
  readonly state: Timeliness;
  readonly onTime: number;
  readonly atRisk: number;
  readonly late: number;
  readonly unknown: number;
  readonly ageSecondsMax: number | null;
  readonly objectiveSeconds: number | null;
  readonly cause: string | null;
}

export interface ExpirySample {
  readonly view: string;
  readonly at: Date;
  readonly span: SampleSpan;
  readonly keys: number;
  readonly looked: number;
  readonly expired: number;
}

export interface SampleQuery {
  readonly project: string;
  /** null: all. */
  readonly views: readonly string[] | null;
  readonly span: SampleSpan;
  readonly from: Date;
}

export interface ProbeFilter extends PageRequest {
  readonly project: string;
  /** Part of the view's name, in any case; "": all. */
  readonly text: string;
}

/** What the monitor measures and remembers. */
export interface MonitorStore {
  /** Everything that freshness is told from, by view in the order of names; null: all views. */
  freshnessFacts(project: Project, views: readonly string[] | null): Promise<readonly StoredFacts[]>;
  sourceProbes(project: string): Promise<readonly SourceProbe[]>;
  saveSourceProbe(project: string, probe: SourceProbe): Promise<void>;
  /** By view in the order of names; null: of all views. */
  onlineProbes(project: string, views: readonly string[] | null): Promise<readonly OnlineProbe[]>;
  /** The most expired first. */
  listOnlineProbes(filter: ProbeFilter): Promise<Page<OnlineProbe>>;
  /** Also counts as the sample of its hour. */
  saveOnlineProbe(project: string, probe: OnlineProbe): Promise<void>;
  /** Adds one look at each view to the samples of the hour. */
  addFreshnessLooks(project: string, now: Micros, looks: readonly FreshnessLook[]): Promise<void>;
  freshnessSamples(query: SampleQuery): Promise<readonly FreshnessSample[]>;
  /** What those samples sum up to, by view; a view without any is left out. */
  freshnessTotals(query: SampleQuery): Promise<ReadonlyMap<string, Looks>>;
  expirySamples(query: SampleQuery): Promise<readonly ExpirySample[]>;
  /** Folds hours from before this time into days, and forgets probes and samples of views that are gone. The hours folded. */
  foldHours(before: Micros): Promise<number>;
}

export type Severity = AlertSeverity;

export interface Incident {
  readonly id: number;
  readonly project: string;
  readonly subject: string;
  readonly check: string;
  readonly state: "open" | "closed";
  readonly severity: Severity;
  readonly title: string;
  readonly cause: string | null;
  readonly causeText: string;
  readonly owner: string | null;
  readonly team: string | null;
  readonly assignee: string | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly snoozedUntil: Date | null;
  readonly openedAt: Date;
  readonly updatedAt: Date;
  readonly closedAt: Date | null;
  /** What the check's state machine remembers. */
  readonly memory: unknown;
  /** Figures at the last look, of the check's own shape. */
  readonly detail: unknown;
}

export type NewIncident = Pick<
  Incident,
  "project" | "subject" | "check" | "severity" | "title" | "cause" | "causeText" | "owner" | "team" | "memory" | "detail"
>;

/** What may change of an incident. */
export type IncidentChange = Partial<
  Pick<
    Incident,
    | "severity"
    | "title"
    | "cause"
    | "causeText"
    | "owner"
    | "team"
    | "assignee"
    | "acknowledgedAt"
    | "acknowledgedBy"
    | "snoozedUntil"
    | "memory"
    | "detail"
    | "closedAt"
  >
>;

export interface IncidentEvent {
  readonly id: number;
  readonly at: Date;
  readonly kind: "opened" | "cause" | "severity" | "acknowledged" | "assigned" | "snoozed" | "closed";
  readonly actor: string | null; // null: the monitor itself
  readonly text: string;
}

export interface IncidentFilter extends PageRequest {
  readonly project: string;
  readonly state?: "open" | "closed";
  readonly subject?: string;
  /** Of a view and of its features. */
  readonly view?: string;
  readonly team?: string;
  /** Part of the title, in any case; "": all. */
  readonly text?: string;
  readonly exceptChecks?: readonly string[];
}

export interface IncidentCount {
  readonly check: string;
  readonly severity: Severity;
  readonly count: number;
}

/** Figures at the last look, and the cause in words, which may hold one. */
export type IncidentFigures = Pick<Incident, "id" | "detail" | "causeText">;

export interface IncidentStore {
  /** All open ones of a check, or those whose subject begins so. */
  openOf(project: string, check: string, subjectsFrom?: string): Promise<readonly Incident[]>;
  /** How many are open, by check and severity. */
  countOpen(project: string): Promise<readonly IncidentCount[]>;
  /** Null when one of the same subject and check is open already. */
  open(tx: Transaction, incident: NewIncident, now: Micros): Promise<Incident | null>;
  /** With `closedAt` it is closed, and its subject free for another. Null when it was closed already. */
  change(tx: Transaction, id: number, change: IncidentChange, now: Micros): Promise<Incident | null>;
  /** New figures of incidents that are otherwise as they were; closed ones stay as they are. */
  refresh(figures: readonly IncidentFigures[], now: Micros): Promise<void>;
  note(tx: Transaction, id: number, event: Omit<IncidentEvent, "id" | "at">, now: Micros): Promise<void>;
  get(project: string, id: number): Promise<Incident | null>;
  /** Open ones first, the newest first; where only open ones are asked for, the critical ones first. */
  list(filter: IncidentFilter): Promise<Page<Incident>>;
  timeline(id: number): Promise<readonly IncidentEvent[]>;
  /** Those closed before, with their timelines and alerts. How many went. */
  forget(closedBefore: Micros): Promise<number>;
}

export interface IncidentInput {
  readonly actor: Actor;
  readonly project: string;
  readonly incident: number;
}
