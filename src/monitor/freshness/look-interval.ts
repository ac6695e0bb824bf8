/** How often sources and online rows are looked at, in seconds: as their rhythm and the objective that they are judged by ask for. */

const SOURCE_SECONDS = { least: 300, most: 3_600 };
const ONLINE_SECONDS = { least: 60, most: 600 };

/** A sixth of the age that is usual; reading a source may cost much. */
export function sourceLookSeconds(usualAgeSeconds: number | null): number {
  return within((usualAgeSeconds ?? 0) / 6, SOURCE_SECONDS);
}

/** A quarter of an objective that is judged by what is seen online; null: there is none. */
export function onlineLookSeconds(objectiveSeconds: number | null): number {
  return within((objectiveSeconds ?? Number.POSITIVE_INFINITY) / 4, ONLINE_SECONDS);
}

function within(seconds: number, { least, most }: typeof SOURCE_SECONDS): number {
  return Math.min(most, Math.max(least, seconds));
}
