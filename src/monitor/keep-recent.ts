import { type Clock, type Logger, loggedError } from "../kit/index.ts";
import type { DriftStore } from "./drift/port.ts";
import type { IncidentStore, MonitorStore } from "./port.ts";
import type { QualityStore } from "./quality/port.ts";
import type { ServedSamples } from "./served/port.ts";

export interface KeepRecentDeps {
  readonly monitorStore: Pick<MonitorStore, "foldHours">;
  readonly driftStore: Pick<DriftStore, "foldWindows">;
  readonly qualityStore: Pick<QualityStore, "forget">;
  readonly incidents: Pick<IncidentStore, "forget">;
  readonly servedSamples: Pick<ServedSamples, "sweep">;
  readonly clock: Clock;
  readonly logger: Logger;
}

const DAY_MICROS = 86_400_000_000n;
/** Windows of quality are days already; they are kept for a year and a month, as incidents that are over. */
const [SERVED_DAYS, HOURS_DAYS, COUNTS_DAYS, LONG_DAYS] = [7n, 30n, 90n, 400n];
const [SERVED_ROWS_PER_VIEW_MAX, SERVED_ROWS_MAX] = [100_000, 1_000_000];

/** What was measured and judged long ago folds into days, what was served and what is long over is forgotten. One that fails keeps no other from its turn. */
export async function keepRecent({ monitorStore, driftStore, qualityStore, incidents, servedSamples, clock, logger }: KeepRecentDeps): Promise<void> {
  const now = clock.now();
  const ago = (days: bigint) => now - days * DAY_MICROS;
  const served = { before: ago(SERVED_DAYS), countsBefore: ago(COUNTS_DAYS), rowsPerViewMax: SERVED_ROWS_PER_VIEW_MAX, rowsMax: SERVED_ROWS_MAX };
  const work: Readonly<Record<string, () => Promise<unknown>>> = {
    hours: () => monitorStore.foldHours(ago(HOURS_DAYS)),
    "drift windows": () => driftStore.foldWindows(ago(HOURS_DAYS)),
    "quality days": () => qualityStore.forget(ago(LONG_DAYS)),
    incidents: () => incidents.forget(ago(LONG_DAYS)),
    "served samples": () => servedSamples.sweep(served),
  };
  for (const [what, forget] of Object.entries(work)) {
    try {
      await forget();
    } catch (error) {
      logger.warn({ what, ...loggedError(error) }, "what is old could not be folded or forgotten; the next round tries again");
    }
  }
}
