/*
 * Chance, the same at every run: each figure is a hash of who, when and which figure it is. `who` and `hour` are whole numbers,
 * hours count from 1970-01-01T00:00Z, `salt` tells the figures of one row apart.
 */
export const MACROS = [
  // 0 <= u < 1, even; hashed twice, for one hash of all three would make the figures of a row depend on each other
  "CREATE OR REPLACE TEMP MACRO u(who, hour, salt) AS (hash(xor(hash(who::BIGINT, hour::BIGINT), salt::UBIGINT)) >> 11)::DOUBLE / 9007199254740992",
  // mean 0, deviation 1, nearly normal, never beyond 3
  "CREATE OR REPLACE TEMP MACRO n(who, hour, salt) AS (u(who, hour, salt) + u(who, hour, salt + 1000) + u(who, hour, salt + 2000) - 1.5) * 2",
  "CREATE OR REPLACE TEMP MACRO chance(who, hour, salt, share) AS u(who, hour, salt) < share",
  "CREATE OR REPLACE TEMP MACRO pick(who, hour, salt, words) AS words[1 + floor(u(who, hour, salt) * len(words))::BIGINT]",
  // some of the words, each with the given chance, in their order
  "CREATE OR REPLACE TEMP MACRO sample_of(who, hour, salt, words, share) AS list_filter(words, lambda word, i: u(who, hour, salt + i) < share)",
  "CREATE OR REPLACE TEMP MACRO clamp(x, lowest, highest) AS least(greatest(x, lowest), highest)",
  // -1 at night, 1 in the afternoon
  "CREATE OR REPLACE TEMP MACRO rhythm(hour) AS sin(2 * pi() * ((hour % 24) - 9) / 24)",
  "CREATE OR REPLACE TEMP MACRO is_weekend(hour) AS (hour // 24 + 3) % 7 >= 5",
  "CREATE OR REPLACE TEMP MACRO time_of(hour, seconds) AS make_timestamp(((hour * 3600 + seconds) * 1000000)::BIGINT)",
  // when a row of this bucket became known: within the five minutes after the hour
  "CREATE OR REPLACE TEMP MACRO known(who, hour) AS time_of(hour, 5 + floor(u(who, hour, 999) * 285))",
  "CREATE OR REPLACE TEMP MACRO null_if(missing, x) AS CASE WHEN missing THEN NULL ELSE x END",
] as const;

export const CITIES = ["amsterdam", "berlin", "lisbon", "nairobi", "osaka", "toronto"] as const;
export const CELLS_PER_CITY = 20;

/** A list of SQL texts: `['a', 'b']`. */
export function words(...list: readonly string[]): string {
  return `[${list.map((word) => `'${word}'`).join(", ")}]`;
}

/** Rows `zone` (a number), `city`, `cell`: 20 cells in each city. */
export const ZONES = `(
  SELECT zone, ${words(...CITIES)}[1 + zone // ${CELLS_PER_CITY}] AS city, (zone % ${CELLS_PER_CITY})::INTEGER AS cell
  FROM range(${CITIES.length * CELLS_PER_CITY}) numbers(zone))`;
