import { toDate } from "../../kit/index.ts";
import { type Freshness, type JudgedView, type OnlineProbe, whollyExpiredAt } from "../../monitor/index.ts";

/** How timely a view is, as pages show it: times as dates. */
export interface ShownFreshness extends Omit<Freshness, "newestEvent" | "lateSince"> {
  readonly view: string;
  readonly owner: string | null;
  readonly team: string | null;
  readonly services: readonly string[];
  readonly source: string | null;
  readonly newestEvent: Date | null;
  readonly lateSince: Date | null;
  readonly lastGoodRunAt: Date | null;
}

export function toShownFreshness({ facts, freshness }: JudgedView): ShownFreshness {
  const { view, owner, team, services, source, lastGoodRunAt } = facts;
  const times = { newestEvent: toDate(freshness.newestEvent), lateSince: toDate(freshness.lateSince), lastGoodRunAt: toDate(lastGoodRunAt) };
  return { ...freshness, view, owner, team, services, source: source?.name ?? null, ...times };
}

/** What the last look at a view's online rows saw. */
export interface ShownExpiry extends Omit<OnlineProbe, "versionId" | "newestEvent" | "oldestEvent" | "measuredAt"> {
  readonly newestEvent: Date | null;
  readonly oldestEvent: Date | null;
  readonly measuredAt: Date;
  /** Share of rows beyond the ttl; null: there are no rows, or no ttl. */
  readonly share: number | null;
  /** When all rows of now will be expired. */
  readonly whollyExpiredAt: Date | null;
}

export function toShownExpiry({ versionId: _version, ...probe }: OnlineProbe): ShownExpiry {
  const share = probe.looked === 0 || !probe.ttlSeconds ? null : probe.expired / probe.looked;
  const times = { newestEvent: toDate(probe.newestEvent), oldestEvent: toDate(probe.oldestEvent), whollyExpiredAt: toDate(whollyExpiredAt(probe)) };
  return { ...probe, ...times, measuredAt: toDate(probe.measuredAt), share };
}

/** States from the worst on, as lists are sorted. */
export const WORST_FIRST = ["late", "at risk", "unknown", "on time"] as const;
