import { describe, expect, it } from "vitest";
import { type Action, decideAccess } from "./access.ts";
import type { Actor, TeamRole } from "./actor.ts";

const resource = { project: "p", kind: "feature_view", name: "v", team: "fleet" } as const;
const member = (role: TeamRole, team = "fleet"): Actor => ({ kind: "user", id: "u", name: "Uma", isAdmin: false, teams: [{ team, role }] });

describe("decideAccess", () => {
  it.each<[TeamRole, Action, boolean]>([
    ["viewer", "discover", true],
    ["viewer", "read_values", true],
    ["viewer", "operate", false],
    ["editor", "define", true],
    ["editor", "operate", false],
    ["operator", "operate", true],
    ["operator", "define", false],
    ["owner", "define", true],
    ["owner", "operate", true],
    ["owner", "administer", false],
  ])("a %s of the owner team may %s: %s", (role, action, allowed) => {
    expect(decideAccess({ actor: member(role), action, resource }).allowed).toBe(allowed);
  });

  it("lets members of other teams discover and nothing else, and says who owns it", () => {
    const actor = member("owner", "geo");
    expect(decideAccess({ actor, action: "discover", resource }).allowed).toBe(true);
    expect(decideAccess({ actor, action: "read_values", resource })).toEqual({ allowed: false, reason: expect.stringContaining("team fleet") });
  });

  it("lets admins do everything", () => {
    expect(decideAccess({ actor: { ...member("viewer"), isAdmin: true, teams: [] }, action: "administer", resource }).allowed).toBe(true);
  });
});
