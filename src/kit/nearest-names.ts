/** Up to three of the candidates that look like a slip of `name`, nearest first: for "did you mean …?". */
export function nearestNames(name: string, candidates: Iterable<string>): readonly string[] {
  const wanted = name.toLowerCase();
  const reach = Math.max(1, Math.floor(wanted.length / 3));
  const scored: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    if (other === wanted) scored.push({ candidate, distance: 0 });
    else if (Math.abs(other.length - wanted.length) <= reach) scored.push({ candidate, distance: editDistance(wanted, other, reach) });
    else if (wanted.length > 2 && (other.includes(wanted) || wanted.includes(other))) scored.push({ candidate, distance: reach });
  }
  const near = scored.filter(({ distance }) => distance <= reach);
  near.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return near.slice(0, 3).map(({ candidate }) => candidate);
}

/** A hint for a name that leads nowhere: the near ones, or what else to do. */
export function didYouMean(name: string, candidates: Iterable<string>, otherwise: string): string {
  const near = nearestNames(name, candidates);
  return near.length > 0 ? `Did you mean ${near.join(" or ")}?` : otherwise;
}

/** Edits between two words, a swap of neighbours counting as one (optimal string alignment); infinite as soon as it must be above `max`. */
function editDistance(a: string, b: string, max: number): number {
  let [older, row, next] = [0, 1, 2].map(() => Uint16Array.from({ length: b.length + 1 }, (_, index) => index)) as [Uint16Array, Uint16Array, Uint16Array];
  let before = Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    next[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      let distance = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        distance = Math.min(distance, (older[j - 2] ?? 0) + 1);
      next[j] = distance;
      if (distance < least) least = distance;
    }
    // A swap reaches back two rows.
    if (least > max && before > max) return Number.POSITIVE_INFINITY;
    before = least;
    [older, row, next] = [row, next, older];
  }
  return row[b.length] ?? 0;
}
