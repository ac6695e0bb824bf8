import { formatSeconds } from "../format/index.ts";
import { Field, Select, TextInput, Tick } from "../ui/field.tsx";
import { type FormErrors, type SettingsData, type SettingsForm, WINDOW_LENGTHS, windowChoices } from "./settings-form.ts";

interface FieldsProps {
  readonly form: SettingsForm;
  readonly data: SettingsData;
  readonly errors: FormErrors;
  readonly onChange: (part: Partial<SettingsForm>) => void;
}

/** What drift is judged by, field by field. */
export function SettingsFields({ form, data, errors, onChange }: FieldsProps) {
  return (
    <>
      <Tick checked={form.isOn} onChange={(event) => onChange({ isOn: event.target.checked })}>
        Judge the drift of this view
      </Tick>
      <div className="grid gap-4 sm:grid-cols-2">
        <BaselineFields form={form} data={data} errors={errors} onChange={onChange} />
        <Field
          label="Length of a window"
          hint={form.windowSeconds === "auto" && data.windowSeconds !== null ? `Now ${formatSeconds(data.windowSeconds)}.` : undefined}
        >
          <Select value={form.windowSeconds} onChange={(event) => onChange({ windowSeconds: event.target.value })}>
            <option value="auto">as the view is renewed</option>
            {WINDOW_LENGTHS.map(({ seconds, text }) => (
              <option key={seconds} value={seconds}>
                {text}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Values" error={errors.values} hint={form.values === "served" ? "What serving sampled; the rate is set under parity." : undefined}>
          <Select value={form.values} onChange={(event) => onChange({ values: event.target.value === "served" ? "served" : "offline" })}>
            <option value="offline">of the source</option>
            <option value="served">as they were served</option>
          </Select>
        </Field>
      </div>
      <Thresholds form={form} data={data} errors={errors} onChange={onChange} />
      <Ignored form={form} data={data} errors={errors} onChange={onChange} />
    </>
  );
}

const BASELINES = [
  { kind: "first_window", text: "the first complete window (auto)" },
  { kind: "window", text: "a chosen window" },
  { kind: "training_set", text: "a training set" },
  { kind: "previous_window", text: "the window before" },
  { kind: "same_hours", text: "the same hours of past weeks" },
] as const;

function BaselineFields({ form, data, errors, onChange }: FieldsProps) {
  return (
    <>
      <Field label="Compared to">
        <Select
          value={form.baseline}
          onChange={(event) => onChange({ baseline: BASELINES.find(({ kind }) => kind === event.target.value)?.kind ?? "first_window" })}
        >
          {BASELINES.map(({ kind, text }) => (
            <option key={kind} value={kind}>
              {text}
            </option>
          ))}
        </Select>
      </Field>
      {form.baseline === "window" && (
        <Field label="Window" error={errors.window}>
          <Select value={form.window} onChange={(event) => onChange({ window: event.target.value })}>
            {windowChoices(data, form.window).map(({ value, text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {form.baseline === "training_set" && (
        <Field label="Training set" error={errors.trainingSet}>
          <Select value={form.trainingSet} onChange={(event) => onChange({ trainingSet: event.target.value })}>
            {[...new Set([...data.trainingSets, ...(form.trainingSet === "" ? [] : [form.trainingSet])])].map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {form.baseline === "same_hours" && (
        <Field label="Weeks" error={errors.weeks}>
          <TextInput inputMode="numeric" value={form.weeks} onChange={(event) => onChange({ weeks: event.target.value })} />
        </Field>
      )}
    </>
  );
}

const THRESHOLDS = [
  { key: "psiMin", label: "An effect from PSI" },
  { key: "wassersteinSdMin", label: "or from W1/sd" },
  { key: "pMax", label: "Evidence up to p" },
  { key: "rowsMin", label: "Judged from rows" },
] as const;

function Thresholds({ form, errors, onChange }: FieldsProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-ink text-sm">Drift is evidence and effect</legend>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {THRESHOLDS.map(({ key, label }) => (
          <Field key={key} label={label} error={errors[key]}>
            <TextInput inputMode="decimal" value={form[key]} onChange={(event) => onChange({ [key]: event.target.value })} />
          </Field>
        ))}
      </div>
    </fieldset>
  );
}

function Ignored({ form: { ignored }, data: { features }, onChange }: FieldsProps) {
  const toggle = (feature: string, isJudged: boolean) => onChange({ ignored: isJudged ? ignored.filter((name) => name !== feature) : [...ignored, feature] });
  return (
    <fieldset>
      <legend className="mb-1 text-ink text-sm">Features that are judged</legend>
      <div className="grid max-h-40 gap-x-4 gap-y-1 overflow-y-auto sm:grid-cols-2">
        {features.map((feature) => (
          <Tick key={feature} className="min-w-0" checked={!ignored.includes(feature)} onChange={(event) => toggle(feature, event.target.checked)}>
            <span className="font-mono text-xs" title={feature}>
              {feature}
            </span>
          </Tick>
        ))}
      </div>
    </fieldset>
  );
}
