/** Who acts. Every verb takes one; the audit trail names it. */
export interface Actor {
  readonly kind: "user" | "service" | "system";
  readonly id: string;
  readonly name: string;
  readonly isAdmin: boolean;
  /** Teams the actor belongs to, with the role in each. */
  readonly teams: readonly Membership[];
}

export type TeamRole = "viewer" | "editor" | "operator" | "owner";

export interface Membership {
  readonly team: string;
  readonly role: TeamRole;
}
