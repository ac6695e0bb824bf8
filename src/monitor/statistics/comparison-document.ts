import type { Comparison } from "./compare-profiles.ts";

/** The figures of a comparison under the names that other tools know: a JSON document, part of the command line's contract. */
export function comparisonDocument(comparison: Comparison) {
  const { bins, numeric, table } = comparison;
  const shared = {
    baseline_rows: comparison.baselineRows,
    current_rows: comparison.currentRows,
    null_rate_baseline: comparison.baselineNullRate,
    null_rate_current: comparison.currentNullRate,
    baseline_counts: bins.map(({ baseline }) => baseline),
    current_counts: bins.map(({ current }) => current),
    labels: bins.map(({ label }) => label),
    bins: bins.length,
    psi: comparison.psi,
    psi_p: comparison.psiP,
    psi_by_bin: bins.map(({ psi }) => psi),
    js_distance: comparison.jsDistance,
    hellinger: comparison.hellinger,
    l_infinity: comparison.lInfinity,
  };
  if (comparison.kind === "categorical") return { ...shared, chi2: table?.chi2 ?? null, chi2_p: table?.chi2P ?? null, chi2_dof: table?.chi2Freedom ?? null };
  return {
    ...shared,
    edges: bins.flatMap(({ high }) => high ?? []),
    ks_statistic: numeric?.ks ?? null,
    ks_p: numeric?.ksP ?? null,
    wasserstein: numeric?.wasserstein ?? null,
    wasserstein_sd: numeric?.wassersteinSd ?? null,
    mean_shift_sd: numeric?.meanShiftSd ?? null,
    values_from: numeric?.basis.kind ?? null,
    sample_rows: numeric?.basis.kind === "sample" ? numeric.basis.rows : null,
  };
}
