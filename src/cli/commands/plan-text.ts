import type { Change, Plan, Problem } from "../../domain/index.ts";

const SIGN = { add: "+", change: "~", new_version: "^", remove: "-", adopt: "=" } as const;
const NOUN = { project: "settings of project", entity: "entity", data_source: "source", feature_view: "view", feature_service: "service" } as const;

/** What apply would change, for people. */
export function planText(plan: Plan): string {
  const lines = plan.problems.map(problemText);
  if (plan.changes.length === 0 && !hasErrors(plan)) lines.push(`Project ${plan.project} is up to date: nothing to do.`);
  for (const change of plan.changes) lines.push(...changeText(change));
  if (plan.changes.some(({ action }) => action === "new_version")) {
    lines.push("^ a new version: serving stays with the last ready one until the new one is materialized in full.");
  }
  return lines.join("\n");
}

export function hasErrors(plan: Plan): boolean {
  return plan.problems.some(({ severity }) => severity === "error");
}

function problemText({ severity, file, line, message }: Problem): string {
  const place = file === null ? "" : `${file}${line === null ? "" : `:${line}`}: `;
  return `${place}${severity}: ${message}`;
}

function changeText(change: Change): string[] {
  const head = `${SIGN[change.action]} ${NOUN[change.kind]} ${change.name}${change.action === "new_version" ? " (new version)" : ""}`;
  const isNew = change.action === "add" || change.action === "remove";
  const fields = isNew ? [] : change.fields.map(({ field, before, after }) => `    ${field}: ${before ?? "(none)"} → ${after ?? "(none)"}`);
  const hit = change.affects.length > 0 ? [`    reaches: ${change.affects.join(", ")}`] : [];
  return [head, ...fields, ...hit];
}

/** The document of plan and apply. */
export function planDocument(plan: Plan): object {
  return { project: plan.project, revision: plan.revision, changes: plan.changes, problems: plan.problems };
}
