import { nearestNames } from "../kit/index.ts";

/** `; did you mean "x"?`, else ` (there is: a, b, c)`: what to add to a message about an unknown word. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const near = nearestNames(word, candidates);
  if (near.length > 0) return `; did you mean ${near.map((name) => `"${name}"`).join(" or ")}?`;
  return candidates.length === 0 ? "" : ` (there is: ${candidates.join(", ")})`;
}
