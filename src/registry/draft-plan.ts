import { type Change, definitionKey, type Plan, type Problem, type ProjectSettings, type RepoContents } from "../domain/index.ts";
import { checkDefinitions } from "./check-definitions.ts";
import { settingsChanges } from "./field-changes.ts";
import { inspectSources } from "./inspect-sources.ts";
import { planChanges } from "./plan-changes.ts";
import type { Project, RegisteredDefinition, Registry, SourceInspector } from "./port.ts";
import { inOrder } from "./problem.ts";

export interface DraftDeps {
  readonly registry: Registry;
  readonly inspector: SourceInspector;
}

/** A plan with what it was worked out from, so that apply can carry it out. */
export interface PlanDraft {
  readonly plan: Plan;
  readonly project: Project | null; // null: not there yet
  readonly managedBy: string;
  readonly registered: readonly RegisteredDefinition[];
}

/** Compares a repo with the registry and opens its sources. The revision is read first, so that a change in the meantime makes the plan stale, not wrong. */
export async function draftPlan({ registry, inspector }: DraftDeps, repo: RepoContents): Promise<PlanDraft> {
  const project = repo.project === "" ? null : await registry.findProject(repo.project);
  const registered = project === null ? [] : await registry.definitions(repo.project);
  const managedBy = `repo:${repo.project}`;
  const wantedKeys = new Set(repo.definitions.map(({ definition }) => definitionKey(definition)));
  const foreign = registered.filter((one) => one.managedBy !== managedBy && !wantedKeys.has(definitionKey(one.definition)));
  const diff = planChanges({ managedBy, registered, wanted: repo.definitions });
  const others = foreign.filter(({ definition }) => definition.kind !== "feature_view");
  const problems = inOrder([
    ...repo.problems,
    ...storeLimits(repo.settings),
    ...diff.problems,
    ...checkDefinitions({ own: repo.definitions, foreign, loaded: repo.problems }),
    ...(await inspectSources(inspector, [...others, ...repo.definitions])),
  ]);
  const isPartial = repo.problems.some(({ severity }) => severity === "error");
  // what did not load is not gone
  const changes = isPartial ? diff.changes.filter(({ action }) => action !== "remove") : diff.changes;
  const plan = { project: repo.project, revision: project?.revision ?? 0, changes: [...settingsChange(project, repo.settings), ...changes], problems };
  return { plan, project, managedBy, registered };
}

function settingsChange(project: Project | null, settings: ProjectSettings): readonly Change[] {
  const fields = project === null ? [] : settingsChanges(project.settings, settings);
  return project === null || fields.length === 0 ? [] : [{ kind: "project", name: project.name, action: "change", fields, affects: [] }];
}

function storeLimits({ onlineStore, offlineStore }: ProjectSettings): readonly Problem[] {
  const warn = (message: string): Problem => ({ severity: "warning", file: "feature_store.yaml", line: null, message });
  return [
    ...(onlineStore.type === "postgres" ? [warn("online_store: postgres is not built yet: materialize and serve need sqlite or redis")] : []),
    ...(offlineStore.type === "postgres" ? [warn("offline_store: postgres is not built yet: history is read from files")] : []),
  ];
}
