import { expect, test } from "vitest";
import type { Action, Actor, TeamRole } from "../domain/index.ts";
import { policyAuthorizer } from "./policy-authorizer.ts";

const authorizer = policyAuthorizer();

function member(role: TeamRole, team = "fleet"): Actor {
  return { kind: "user", id: "u1", name: "Ada", isAdmin: false, teams: [{ team, role }] };
}

const stranger: Actor = { kind: "user", id: "u2", name: "Bob", isAdmin: false, teams: [] };
const admin: Actor = { ...stranger, isAdmin: true };
const system: Actor = { ...stranger, kind: "system" };

function ask(actor: Actor, action: Action, team: string | null = "fleet") {
  return authorizer.authorize({ actor, action, resource: { project: "rides", kind: "feature_view", name: "driver_stats", team } });
}

test.each<[string, Actor, Action, string | null, boolean]>([
  ["an admin may everything", admin, "administer", "fleet", true],
  ["the system may everything", system, "operate", "fleet", true],
  ["everyone may discover", stranger, "discover", "fleet", true],
  ["values need a team", stranger, "read_values", "fleet", false],
  ["a viewer reads values of the own team", member("viewer"), "read_values", "fleet", true],
  ["a viewer of another team does not", member("viewer", "geo"), "read_values", "fleet", false],
  ["a viewer runs nothing", member("viewer"), "operate", "fleet", false],
  ["an operator runs jobs", member("operator"), "operate", "fleet", true],
  ["an operator defines nothing", member("operator"), "define", "fleet", false],
  ["an editor defines", member("editor"), "define", "fleet", true],
  ["what is nobody's in particular any editor defines", member("editor", "geo"), "define", null, true],
  ["an owner does not administer", member("owner"), "administer", "fleet", false],
])("%s", async (_rule, actor, action, team, allowed) => {
  if (allowed) await expect(ask(actor, action, team)).resolves.toBeUndefined();
  else await expect(ask(actor, action, team)).rejects.toMatchObject({ code: "permission_denied" });
});

test("a refusal says who may decide", async () => {
  await expect(ask(stranger, "operate")).rejects.toThrow("Bob may not operate on feature_view driver_stats, which belongs to team fleet.");
});
