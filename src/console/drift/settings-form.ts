import type { Inputs, Outputs } from "../shell/trpc.ts";
import { windowName } from "./windows.ts";

export type DriftSettings = Inputs["drift"]["preview"]["settings"];
export type SettingsData = Outputs["drift"]["settings"];
type Baseline = DriftSettings["baseline"];

/** What is typed into the form; numbers as text, until they are one. */
export interface SettingsForm {
  readonly isOn: boolean;
  /** "auto" or seconds. */
  readonly windowSeconds: string;
  readonly values: DriftSettings["values"];
  readonly baseline: Baseline["kind"];
  /** "start/end" of a chosen window. */
  readonly window: string;
  readonly trainingSet: string;
  readonly weeks: string;
  readonly rowsMin: string;
  readonly pMax: string;
  readonly psiMin: string;
  readonly wassersteinSdMin: string;
  readonly ignored: readonly string[];
}

export const WINDOW_LENGTHS = [
  { seconds: 3_600, text: "1 hour" },
  { seconds: 21_600, text: "6 hours" },
  { seconds: 86_400, text: "1 day" },
  { seconds: 604_800, text: "1 week" },
] as const;

export function formOf({ isOn, windowSeconds, values, baseline, rule, ignored }: DriftSettings, { windows, trainingSets }: SettingsData): SettingsForm {
  const [newest] = windows;
  return {
    isOn,
    windowSeconds: windowSeconds === null ? "auto" : String(windowSeconds),
    values,
    baseline: baseline.kind,
    window: baseline.kind === "window" ? `${baseline.start}/${baseline.end}` : newest ? `${newest.start}/${newest.end}` : "",
    trainingSet: baseline.kind === "training_set" ? baseline.name : (trainingSets[0] ?? ""),
    weeks: String(baseline.kind === "same_hours" ? baseline.weeks : 4),
    rowsMin: String(rule.rowsMin),
    pMax: String(rule.pMax),
    psiMin: String(rule.psiMin),
    wassersteinSdMin: String(rule.wassersteinSdMin),
    ignored,
  };
}

/** What is wrong with a field, or nothing. */
export type FormErrors = Readonly<Partial<Record<keyof SettingsForm, string>>>;

/** The settings that a form says, or what keeps it from saying any. */
export function readForm(form: SettingsForm): { readonly settings: DriftSettings } | { readonly errors: FormErrors } {
  const baseline = baselineOf(form);
  const [rowsMin, pMax] = [numberIn(form.rowsMin, 10, 10_000_000), numberIn(form.pMax, 0, 1)];
  const [psiMin, wassersteinSdMin] = [numberIn(form.psiMin, 0, 100), numberIn(form.wassersteinSdMin, 0, 100)];
  const errors: FormErrors = {
    ...(baseline === null && BASELINE_ERRORS[form.baseline]),
    ...((rowsMin === null || !Number.isInteger(rowsMin)) && { rowsMin: "A whole number from 10 on." }),
    ...(pMax === null && { pMax: "A number from 0 to 1." }),
    ...(psiMin === null && { psiMin: "A number from 0 on." }),
    ...(wassersteinSdMin === null && { wassersteinSdMin: "A number from 0 on." }),
    ...(form.baseline === "same_hours" && form.values === "served" && { values: "Served values cannot be compared to several weeks at once." }),
  };
  if (baseline === null || rowsMin === null || pMax === null || psiMin === null || wassersteinSdMin === null || Object.keys(errors).length > 0)
    return { errors };
  const windowSeconds = WINDOW_LENGTHS.find(({ seconds }) => String(seconds) === form.windowSeconds)?.seconds ?? null;
  const { isOn, values, ignored } = form;
  return { settings: { isOn, windowSeconds, values, baseline, rule: { rowsMin, pMax, psiMin, wassersteinSdMin }, ignored: [...ignored] } };
}

const BASELINE_ERRORS: Readonly<Record<Baseline["kind"], FormErrors>> = {
  first_window: {},
  previous_window: {},
  window: { window: "No window to choose yet." },
  training_set: { trainingSet: "No training set with a result has features of this view." },
  same_hours: { weeks: "1 to 8 weeks." },
};

function baselineOf({ baseline: kind, window, trainingSet, weeks }: SettingsForm): Baseline | null {
  switch (kind) {
    case "first_window":
    case "previous_window":
      return { kind };
    case "window": {
      const [start, end] = window.split("/");
      return start && end ? { kind, start, end } : null;
    }
    case "training_set":
      return trainingSet === "" ? null : { kind, name: trainingSet };
    case "same_hours": {
      const count = numberIn(weeks, 1, 8);
      return count === null || !Number.isInteger(count) ? null : { kind, weeks: count };
    }
  }
}

function numberIn(text: string, min: number, max: number): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
  return value >= min && value <= max ? value : null;
}

/** Windows of the form's choice, the chosen one among them also when it is an older one. */
export function windowChoices({ windows }: SettingsData, chosen: string): readonly { readonly value: string; readonly text: string }[] {
  const all = windows.map(({ start, end }) => `${start}/${end}`);
  return [...(chosen !== "" && !all.includes(chosen) ? [chosen] : []), ...all].map((value) => {
    const [start = "", end = ""] = value.split("/");
    return { value, text: windowName({ start: new Date(start), end: new Date(end) }) };
  });
}

type Preview = Pick<Outputs["drift"]["preview"], "incidents" | "windows" | "windowsWanted" | "spanSeconds">;

/** "With these settings, the last 30 days would have raised 2 incidents." */
export function previewText({ incidents, windows, windowsWanted, spanSeconds }: Preview): string {
  const span = `the last ${Number((spanSeconds / 86_400).toFixed(1))} days`;
  if (windows === 0) return `With these settings nothing of ${span} would have been judged.`;
  const raised = incidents === 0 ? "no incident" : incidents === 1 ? "1 incident" : `${incidents} incidents`;
  const basis = windows < windowsWanted ? `the newest ${windows} of ${windowsWanted} windows of ${span}` : span;
  return `With these settings, ${basis} would have raised ${raised}.`;
}
