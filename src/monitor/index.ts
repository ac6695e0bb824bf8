export { benjaminiHochberg } from "./benjamini-hochberg.ts";
export { type ComparedColumn, type CompareFilesInput, compareFiles, type FileComparison } from "./compare-files.ts";
export {
  type ComparedBin,
  type Comparison,
  compareProfiles,
  NEW_LABEL,
  NULL_LABEL,
  type NumericScores,
  OTHER_LABEL,
  shortNumber,
  type ValueBasis,
} from "./compare-profiles.ts";
export { comparisonDocument } from "./comparison-document.ts";
export { type EcdfDistance, type EcdfWalk, ecdfDistance, type ValueTotals, walkEcdfs } from "./ecdf-distance.ts";
export { whollyExpiredAt } from "./expiry.ts";
export type { Freshness, FreshnessCause, FreshnessFacts } from "./freshness.ts";
export { checkFreshness, FRESHNESS_CHECK } from "./freshness-check.ts";
export { acknowledgeIncident, assignIncident, snoozeIncident } from "./handle-incident.ts";
export {
  countDriftIncidents,
  type DriftIncidentState,
  type IncidentMove,
  type LateIncidentState,
  NO_DRIFT_INCIDENT,
  NO_LATE_INCIDENT,
  stepDriftIncident,
  stepLateIncident,
  type Timeliness,
} from "./incident-state.ts";
export { type Judgement, judgeFeatures, VERDICT_RULE, type Verdict, type VerdictRule } from "./judge-features.ts";
export { type JudgedView, type JudgeViewsDeps, judgeViews } from "./judge-views.ts";
export { deviationOf } from "./moments.ts";
export type { ExpirySample, FreshnessSample, Incident, IncidentEvent, IncidentStore, MonitorStore, OnlineProbe, Severity } from "./port.ts";
export { isWhole, mergeProfiles, type ProfiledValue, profileValues } from "./profile-values.ts";
export { type ScannedWindow, scanDistance } from "./scan-distance.ts";
export type { CountScores, TableTest } from "./scores.ts";
export { SLO_DAYS, SLO_TARGET, type Slo, sloOf } from "./slo.ts";
export { type MonitorDeps, probeOnce, startProbes, startWatch, watchOnce } from "./start-monitor.ts";
