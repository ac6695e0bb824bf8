export { type ComparedColumn, type CompareFilesInput, compareFiles, type FileComparison } from "./drift/compare-files.ts";
export { DRIFT_CHECK, driftSubject, servicesReading } from "./drift/drift-incidents.ts";
export { type BaselineChoice, DEFAULT_DRIFT_SETTINGS, type DriftSettings, driftSettingsSchema } from "./drift/drift-settings.ts";
export { dividingColumns, explainShift } from "./drift/explain-shift.ts";
export { featuresNow, WINDOWS_REMEMBERED } from "./drift/feature-state.ts";
export { judgeDriftNow } from "./drift/judge-now.ts";
export { comparisonOf, judgeAgain } from "./drift/judge-windows.ts";
export type { DriftFigures, DriftFilter, DriftingFeature, DriftState, DriftStore, StoredWindow } from "./drift/port.ts";
export { type DriftPreview, previewDriftSettings } from "./drift/preview-drift-settings.ts";
export { saveDriftSettings } from "./drift/save-drift-settings.ts";
export { whollyExpiredAt } from "./expiry/expiry.ts";
export type { Freshness, FreshnessCause, FreshnessFacts } from "./freshness/freshness.ts";
export { checkFreshness, FRESHNESS_CHECK } from "./freshness/freshness-check.ts";
export { type JudgedView, type JudgeViewsDeps, judgeViews } from "./freshness/judge-views.ts";
export { SLO_DAYS, SLO_TARGET, type Slo, sloOf } from "./freshness/slo.ts";
export { acknowledgeIncident, assignIncident, snoozeIncident } from "./incidents/handle-incident.ts";
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
} from "./incidents/incident-state.ts";
export { viewOfSubject } from "./incidents/subject-view.ts";
export { judgeParity, PARITY_SPAN_MICROS, type ParityVerdict } from "./parity/judge-parity.ts";
export type { ParityCount, ParityExample, ParityFound, ParityStore } from "./parity/port.ts";
export type { ExpirySample, FreshnessSample, Incident, IncidentEvent, IncidentStore, MonitorStore, OnlineProbe, Severity } from "./port.ts";
export type { DayVerdict, JudgedDay, QualityFinding, QualityLook, QualityState, QualityStore } from "./quality/port.ts";
export { watchQuality } from "./quality/watch-quality.ts";
export { type Measured, measuredValue } from "./served/measured-value.ts";
export type { SamplingSetting, ServedCount, ServedSamples, ServedValues, ServedValuesQuery } from "./served/port.ts";
export { ROWS_PER_SECOND_MAX, setSampling } from "./served/set-sampling.ts";
export { judgeDriftOnce, type MonitorDeps, probeOnce, startProbes, startWatch, watchOnce } from "./start-monitor.ts";
export { benjaminiHochberg } from "./statistics/benjamini-hochberg.ts";
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
} from "./statistics/compare-profiles.ts";
export { comparisonDocument } from "./statistics/comparison-document.ts";
export { type EcdfDistance, type EcdfWalk, ecdfDistance, type ValueTotals, walkEcdfs } from "./statistics/ecdf-distance.ts";
export { type Judgement, judgeFeatures, VERDICT_RULE, type Verdict, type VerdictRule } from "./statistics/judge-features.ts";
export { deviationOf } from "./statistics/moments.ts";
export { isWhole, mergeProfiles, type ProfiledValue, profileValues } from "./statistics/profile-values.ts";
export { type ScannedWindow, scanDistance } from "./statistics/scan-distance.ts";
export type { CountScores, TableTest } from "./statistics/scores.ts";
