import type { Actor, AuditLog, Authorizer } from "../../domain/index.ts";
import { type Clock, LarderError, parseTimestamp, type Transactor } from "../../kit/index.ts";
import type { Registry } from "../../registry/index.ts";
import type { TrainingSets } from "../../training/index.ts";
import { DEFAULT_DRIFT_SETTINGS, type DriftSettings, driftSettingsSchema } from "./drift-settings.ts";
import { judgeAgain } from "./judge-windows.ts";
import type { DriftStore, ViewKey } from "./port.ts";
import { trainingSetOf } from "./training-baseline.ts";

/** More than pages show. */
const WINDOWS_ANEW = 100;

export interface SaveDriftSettingsDeps {
  readonly registry: Pick<Registry, "definition">;
  readonly driftStore: DriftStore;
  readonly trainingSets: Pick<TrainingSets, "get">;
  readonly transactor: Transactor;
  readonly authorizer: Authorizer;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export interface DriftSettingsInput {
  readonly actor: Actor;
  readonly project: string;
  readonly view: string;
  /** Null: the defaults. */
  readonly settings: unknown;
}

/**
 * Says how the drift of a view is judged. The worker judges its windows anew within a minute where they are compared to something else;
 * where thresholds alone changed, the windows that are kept have their new verdicts at once.
 * Throws not_found, invalid_argument naming the field, failed_precondition for a training set that cannot serve, permission_denied.
 */
export async function saveDriftSettings(deps: SaveDriftSettingsDeps, input: DriftSettingsInput): Promise<DriftSettings> {
  const { actor, project, view } = input;
  await authorizeDrift(deps, input, "operate");
  const settings = input.settings === null ? DEFAULT_DRIFT_SETTINGS : await readDriftSettings(deps, input);
  const at = deps.clock.now();
  const before = (await deps.driftStore.state({ project, view }))?.chosen ?? null;
  await deps.transactor.transact(async (tx) => {
    await deps.driftStore.choose(tx, { project, view }, input.settings === null ? null : settings, { name: actor.name, at });
    const detail = { before: before ?? "defaults", after: input.settings === null ? "defaults" : settings };
    await deps.audit.record(tx, { at, actor, action: "set drift settings", project, subject: `feature_view:${view}`, detail });
  });
  await giveVerdictsAnew(deps, { project, view }, settings);
  return settings;
}

async function giveVerdictsAnew({ driftStore }: SaveDriftSettingsDeps, key: ViewKey, { isOn, rule }: DriftSettings): Promise<void> {
  if (!isOn) return driftStore.saveFeatures(key, []);
  const windows = await driftStore.windows(key, WINDOWS_ANEW);
  await driftStore.saveVerdicts(
    key,
    windows.map(({ id, results }) => ({ id, results: judgeAgain(results, rule) })),
  );
}

/** Throws not_found, permission_denied. */
export async function authorizeDrift(
  { registry, authorizer }: Pick<SaveDriftSettingsDeps, "registry" | "authorizer">,
  { actor, project, view }: Pick<DriftSettingsInput, "actor" | "project" | "view">,
  action: "operate" | "discover",
): Promise<void> {
  const found = await registry.definition(project, "feature_view", view);
  if (found?.definition.kind !== "feature_view") throw new LarderError("not_found", `There is no feature view ${view} in ${project}.`);
  await authorizer.authorize({ actor, action, resource: { project, kind: "feature_view", name: view, team: found.definition.team } });
}

/** Settings out of what someone sent; what a schema cannot say is checked too. Throws invalid_argument, failed_precondition. */
export async function readDriftSettings(
  { trainingSets }: Pick<SaveDriftSettingsDeps, "trainingSets">,
  { project, view, settings: asked }: Pick<DriftSettingsInput, "project" | "view" | "settings">,
): Promise<DriftSettings> {
  const parsed = driftSettingsSchema.safeParse(asked);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join(".") ?? "";
    throw new LarderError("invalid_argument", `${field === "" ? "The settings" : field}: ${issue?.message ?? "cannot be read"}.`, { details: { field } });
  }
  const { baseline, values } = parsed.data;
  if (baseline.kind === "window" && parseTimestamp(baseline.end) <= parseTimestamp(baseline.start))
    throw new LarderError("invalid_argument", "The baseline must end after its begin.", { details: { field: "baseline.end" } });
  if (baseline.kind === "same_hours" && values === "served")
    throw new LarderError("invalid_argument", "Served values cannot be compared to several weeks at once.", {
      hint: "Choose the previous window, a training set or a window of the source.",
      details: { field: "baseline" },
    });
  if (baseline.kind === "training_set") await trainingSetOf(trainingSets, { project, view, name: baseline.name });
  return parsed.data;
}
