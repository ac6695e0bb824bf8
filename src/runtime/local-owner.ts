import type { Actor } from "../domain/index.ts";

/** Who acts on a fresh local install, where nobody signs in: the person who started it. */
export function localOwner(userName: string): Actor {
  return { kind: "user", id: `local:${userName}`, name: userName, isAdmin: true, teams: [] };
}
