export { type ComparedColumn, type CompareFilesInput, compareFiles, type FileComparison } from "./drift/compare-files.ts";
export { DRIFT_CHECK, driftSubject, servicesReading } from "./drift/drift-incidents.ts";
export { type BaselineChoice, DEFAULT_DRIFT_SETTINGS, type DriftSettings, driftSettingsSchema } from "./drift/drift-settings.ts";
export { dividingColumns, explainingColumns, explainShift } from "./drift/explain-shift.ts";
export { featuresNow, WINDOWS_REMEMBERED } from "./drift/feature-state.ts";
export { judgeDriftNow } from "./drift/judge-now.ts";
export { comparisonOf } from "./drift/judge-windows.ts";
export type { DriftFigures, DriftFilter, DriftingFeature, DriftState, DriftStore, StoredWindow } from "./drift/port.ts";
export { type DriftPreview, previewDriftSettings } from "./drift/preview-drift-settings.ts";
export { saveDriftSettings } from "./drift/save-drift-settings.ts";
export { whollyExpiredAt } from "./expiry/expiry.ts";
export type { Freshness, FreshnessCause, FreshnessFacts } from "./freshness/freshness.ts";
export { FRESHNESS_CHECK } from "./freshness/freshness-check.ts";
export { type JudgedView, type JudgeViewsDeps, judgeViews } from "./freshness/judge-views.ts";
export { SLO_DAYS, type Slo, sloOf } from "./freshness/slo.ts";
export { acknowledgeIncident, assignIncident, snoozeIncident } from "./incidents/handle-incident.ts";
export type {
  DriftIncidentState,
  IncidentMove,
  LateIncidentState,
  Timeliness,
} from "./incidents/incident-state.ts";
export { viewOfSubject } from "./incidents/subject-view.ts";
export { judgeParity, PARITY_SPAN_MICROS, type ParityVerdict } from "./parity/judge-parity.ts";
export type { ParityCount, ParityExample, ParityFound, ParityStore } from "./parity/port.ts";
export type { ExpirySample, FreshnessSample, Incident, IncidentEvent, IncidentStore, MonitorStore, OnlineProbe, Severity } from "./port.ts";
export type { DayVerdict, JudgedDay, QualityFinding, QualityLook, QualityState, QualityStore } from "./quality/port.ts";
export { probeNow, runMonitor } from "./run-monitor.ts";
export type { Measured } from "./served/measured-value.ts";
export type { SamplingSetting, ServedCount, ServedSamples, ServedValues, ServedValuesQuery } from "./served/port.ts";
export { setSampling } from "./served/set-sampling.ts";
export { type MonitorDeps, startProbes, startWatch, watchOnce } from "./start-monitor.ts";
export { type BinOf, shortNumber } from "./statistics/bin-names.ts";
export {
  type ComparedBin,
  type Comparison,
  compareProfiles,
  type NumericScores,
  type ValueBasis,
} from "./statistics/compare-profiles.ts";
export { comparisonDocument } from "./statistics/comparison-document.ts";
export type { EcdfDistance, EcdfWalk, ValueTotals } from "./statistics/ecdf-distance.ts";
export { type Judgement, judgeFeatures, type Verdict, type VerdictRule } from "./statistics/judge-features.ts";
export { type ProfiledValue, profileValues } from "./statistics/profile-values.ts";
export type { ScannedWindow } from "./statistics/scan-distance.ts";
export type { CountScores, TableTest } from "./statistics/scores.ts";
