import { describe, expect, test } from "vitest";
import type { FeatureValue } from "../../domain/index.ts";
import { parseTimestamp } from "../../kit/index.ts";
import type { NewestRow } from "../../offline/index.ts";
import { aFileSource, aPushSource, aView, aViewVersion, someFeatures } from "../../testing/builders.ts";
import { compareServed } from "./compare-served.ts";
import type { LoadedWindow } from "./loaded-windows.ts";
import type { ParityFound, ServedVector } from "./port.ts";

const at = (time: string) => parseTimestamp(`2026-04-12T${time}:00Z`);
const NOON = at("12:00");
const view = aView({ features: someFeatures({ rate: "float64", trips: "int64" }) });
const batch = aViewVersion(view, { dataSource: aFileSource() });
const pushed = aViewVersion(view, { dataSource: aPushSource() });
/** One run at 11:00, which was online at 11:05. */
const LOADED: LoadedWindow = { start: null, end: at("11:00"), readAt: at("11:00"), onlineAt: at("11:05") };

type Times = readonly [event: string, created?: string];
const row = ([event, created]: Times, rate: FeatureValue, trips: FeatureValue = 1n): NewestRow => ({
  event: at(event),
  created: created === undefined ? null : at(created),
  values: [rate, trips],
});

function served(times: Times | null, rate: FeatureValue, over: Partial<ServedVector> = {}): ServedVector {
  const found = times === null ? null : row(times, rate);
  const head = { id: 1n, view: "driver_stats", versionId: "1", key: [1n], servedAt: NOON, ttlSeconds: 7_200, features: ["trips", "rate"] };
  const values = found && [found.values[1] ?? null, found.values[0] ?? null];
  return { ...head, status: found ? "PRESENT" : "NOT_FOUND", event: found?.event ?? null, created: found?.created ?? null, values, ...over };
}

const expired = (times: Times): ServedVector => ({ ...served(times, 0.5), status: "OUTSIDE_MAX_AGE", values: null });

interface Case {
  readonly what: string;
  readonly served: ServedVector;
  /** One row: known and newest alike. */
  readonly known: NewestRow | null;
  readonly newest?: NewestRow | null;
  readonly found: ParityFound;
  readonly differing?: readonly string[];
  readonly version?: typeof batch;
  readonly windows?: readonly LoadedWindow[];
}

const BOTH = ["trips", "rate"];

const cases: readonly Case[] = [
  { what: "the same row", served: served(["10:30"], 0.5), known: row(["10:30"], 0.5), found: "match" },
  { what: "NaN on both sides", served: served(["10:30"], Number.NaN), known: row(["10:30"], Number.NaN), found: "match" },
  { what: "null on both sides", served: served(["10:30"], null), known: row(["10:30"], null), found: "match" },
  { what: "another row with the same values", served: served(["10:20"], 0.5), known: row(["10:30"], 0.5), found: "match" },
  { what: "other values in the same row", served: served(["10:30"], 0.5), known: row(["10:30"], 0.75), found: "mismatch", differing: ["rate"] },
  { what: "null where history has a value", served: served(["10:30"], null), known: row(["10:30"], 0.5), found: "mismatch", differing: ["rate"] },
  { what: "a row that history no longer has", served: served(["10:30"], 0.5), known: row(["10:00"], 0.75), found: "mismatch", differing: ["rate"] },
  { what: "a row where history has none at all", served: served(["10:30"], 0.5), known: null, found: "mismatch", differing: BOTH },
  { what: "nothing on both sides", served: served(null, null), known: null, found: "absent" },
  { what: "expired on both sides", served: expired(["09:00"]), known: row(["09:00"], 0.5), found: "expired" },
  { what: "exactly ttl old, on both sides", served: served(["10:00"], 0.5), known: row(["10:00"], 0.5), found: "match" },
  {
    what: "an event time ahead of the instant, within the skew",
    served: served(["12:03"], 0.5),
    known: row(["11:50"], 0.75),
    found: "future_skew",
    differing: ["rate"],
  },
  {
    what: "a row that was there when the view was loaded, and was left out",
    served: served(["09:50", "09:50"], 0.5, { ttlSeconds: null }),
    known: row(["10:00", "10:00"], 0.75),
    found: "mismatch",
    differing: ["rate"],
  },
  {
    what: "a row that was created just before the load",
    served: served(["10:20", "10:20"], 0.5),
    known: row(["10:30", "10:30"], 0.75),
    found: "not_yet_online",
    differing: ["rate"],
  },
  { what: "a row that came after the last load", served: served(["10:50"], 0.5), known: row(["11:30"], 0.75), found: "not_yet_online", differing: ["rate"] },
  { what: "the first row of a key, after the last load", served: served(null, null), known: row(["11:30"], 0.75), found: "not_yet_online", differing: BOTH },
  {
    what: "an expired row, a newer one after the last load",
    served: expired(["09:00"]),
    known: row(["11:30"], 0.75),
    found: "not_yet_online",
    differing: BOTH,
  },
  {
    what: "a newer row while the load was not done",
    served: served(["09:50"], 0.5, { ttlSeconds: null }),
    known: row(["10:00"], 0.75),
    found: "not_yet_online",
    differing: ["rate"],
    windows: [{ ...LOADED, onlineAt: at("12:01") }],
  },
  {
    what: "a newer row outside the range that was loaded",
    served: served(["09:50"], 0.5, { ttlSeconds: null }),
    known: row(["10:00"], 0.75),
    found: "not_yet_online",
    differing: ["rate"],
    windows: [{ ...LOADED, start: at("10:30") }],
  },
  {
    what: "a newer row without a created time behind the last load",
    served: served(["10:20"], 0.5),
    known: row(["10:30"], 0.75),
    found: "cannot_tell",
    differing: ["rate"],
  },
  {
    what: "a correction that was created after the instant",
    served: served(["10:30", "10:30"], 0.5),
    known: row(["10:30", "10:30"], 0.5),
    newest: row(["10:30", "12:30"], 0.75),
    found: "arrived_later",
    differing: ["rate"],
  },
  {
    what: "a first row that was created after the instant",
    served: served(null, null),
    known: null,
    newest: row(["11:00", "12:30"], 0.75),
    found: "arrived_later",
    differing: BOTH,
  },
  {
    what: "a row whose created time lies ahead of when it was there",
    served: served(["10:30", "12:30"], 0.5),
    known: row(["10:00", "10:00"], 0.75),
    newest: row(["10:30", "12:30"], 0.5),
    found: "match",
  },
  { what: "a pushed row", served: served(["11:59", "11:59"], 0.5), known: row(["10:30"], 0.75), found: "not_in_history", version: pushed, differing: ["rate"] },
  { what: "a pushed row of a new key", served: served(["11:59", "11:59"], 0.5), known: null, found: "not_in_history", version: pushed, differing: BOTH },
  {
    what: "a pushed row that history has otherwise",
    served: served(["10:30"], 0.5),
    known: row(["10:30"], 0.75),
    found: "mismatch",
    version: pushed,
    differing: ["rate"],
  },
];

describe("a served row against history", () => {
  test.each(cases)("$what: $found", ({ served: vector, known, newest = known, version = batch, windows = [LOADED], found, differing = [] }) => {
    expect(compareServed(vector, { known, newest }, { version, windows })).toMatchObject({ found, differing });
  });

  test("looks at the features that were asked for, by name", () => {
    const asked = served(["10:30"], 0.5, { features: ["trips"], values: [1n] });
    expect(compareServed(asked, { known: row(["10:30"], 9), newest: row(["10:30"], 9) }, { version: batch, windows: [] }).found).toBe("match");
  });
});
