import { LarderError, type Micros, type Transaction } from "../kit/index.ts";
import type { Actor, TeamRole } from "./actor.ts";

/** What can be done, and so be allowed. Discover: names, descriptions, owners, statistics. Values: rows and features themselves. */
export type Action = "discover" | "define" | "operate" | "read_values" | "write_values" | "administer";

export interface Resource {
  readonly project: string;
  readonly kind: "project" | "entity" | "data_source" | "feature_view" | "feature_service" | "training_set" | "run";
  readonly name: string;
  /** The team that owns it; null: nobody's in particular. */
  readonly team: string | null;
}

export interface AccessQuestion {
  readonly actor: Actor;
  readonly action: Action;
  readonly resource: Resource;
}

export type AccessDecision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

const ROLES_FOR: Readonly<Record<Action, readonly TeamRole[]>> = {
  discover: ["viewer", "editor", "operator", "owner"],
  read_values: ["viewer", "editor", "operator", "owner"],
  write_values: ["operator", "owner"],
  operate: ["operator", "owner"],
  define: ["editor", "owner"],
  administer: [],
};

/** The one policy that every door asks. Admins and the system may everything; everyone signed in may discover; the rest needs a role in the owner team. */
export function decideAccess({ actor, action, resource }: AccessQuestion): AccessDecision {
  if (actor.isAdmin || actor.kind === "system" || action === "discover") return { allowed: true };
  if (action !== "administer") {
    const roles = actor.teams.filter((membership) => resource.team === null || membership.team === resource.team);
    if (roles.some(({ role }) => ROLES_FOR[action].includes(role))) return { allowed: true };
  }
  const owner = resource.team === null ? "nobody in particular" : `team ${resource.team}`;
  return { allowed: false, reason: `${actor.name} may not ${action.replace("_", " ")} on ${resource.kind} ${resource.name}, which belongs to ${owner}` };
}

/** Asks the policy; sharing/ implements it, runtime/ hands it to every verb. */
export interface Authorizer {
  /** Throws permission_denied, saying who owns the resource. */
  authorize(question: AccessQuestion): Promise<void>;
}

export interface AuditEntry {
  readonly at: Micros;
  readonly actor: Actor;
  readonly action: string; // verb in the past: "applied", "started run"
  readonly project: string;
  readonly subject: string; // what it was done to, e.g. "feature_view:driver_stats"
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The audit trail; each row is written in the transaction of the act that it records. */
export interface AuditLog {
  /** Call it last in the transaction: from here to the end no one else can record. */
  record(tx: Transaction, ...entries: readonly AuditEntry[]): Promise<void>;
}

export function permissionDenied(reason: string): LarderError {
  return new LarderError("permission_denied", `${reason}.`, { hint: "Ask the owner team for access." });
}
