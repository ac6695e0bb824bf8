/** The candidate that a misspelt word most likely meant, or null where none is near. */
export function closestWord(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** `; did you mean "x"?`, else ` (a, b, c)`: what to add to a message about an unknown word. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const near = closestWord(word, candidates);
  if (near !== null) return `; did you mean "${near}"?`;
  return candidates.length === 0 ? "" : ` (there is: ${candidates.join(", ")})`;
}

/** Edits to turn one word into the other, two neighbours that changed places counting as one (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array.from({ length: b.length }, () => 0)]);
  rows[0] = Array.from({ length: b.length + 1 }, (_, j) => j);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const edits = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      (rows[i] as number[])[j] = swapped ? Math.min(edits, at(i - 2, j - 2) + 1) : edits;
    }
  }
  return at(a.length, b.length);
}
