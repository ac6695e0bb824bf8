/** What a row of samples saw of one view: looks, by how timely it was. */
export interface Looks {
  readonly onTime: number;
  readonly atRisk: number;
  readonly late: number;
}

export interface Slo {
  /** Share of judged time in which the view was within its objective; null: nothing was judged. */
  readonly good: number | null;
  /** What of the allowed lateness is left, 1 to 0 and below when it is overspent; null: nothing was judged. */
  readonly budgetLeft: number | null;
  readonly judged: number;
}

/** Of 30 days, 99 % within the objective: seven hours of lateness are allowed. */
const SLO_TARGET = 0.99;
export const SLO_DAYS = 30;

/** At risk is within the objective; what nobody knows counts neither way. */
export function sloOf(samples: Iterable<Looks>, target = SLO_TARGET): Slo {
  let good = 0;
  let late = 0;
  for (const sample of samples) {
    good += sample.onTime + sample.atRisk;
    late += sample.late;
  }
  const judged = good + late;
  if (judged === 0) return { good: null, budgetLeft: null, judged };
  return { good: good / judged, budgetLeft: 1 - late / judged / (1 - target), judged };
}
