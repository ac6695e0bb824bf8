import type { DataSource, Entity, FeatureView, LocatedDefinition } from "../../src/domain/index.ts";

const THINGS = ["driver", "rider", "merchant", "courier", "order", "zone", "device", "account"] as const;
const SUBJECTS = "trip city vehicle payment session click basket price surge weather eta rating cancel wait pickup dropoff fraud churn loyalty promo".split(
  " ",
);
const FIGURES = "count sum avg max min rate share ratio stddev p50 p95 last first distinct".split(" ");
const WINDOWS = ["1h", "6h", "1d", "7d", "28d", "90d"] as const;
const FEATURES_EACH = 10;

/** One of these, scattered over indexes but the same each time. */
function pick<T>(from: readonly T[], index: number): T {
  const scattered = Math.imul(index ^ (index >>> 15), 0x2c1b3c6d) ^ Math.imul(index + 1, 0x297a2d39);
  return from[(scattered >>> 8) % from.length] as T;
}

/**
 * A large project that reads like one: names of several words, owners, teams, tags, descriptions. The same for the same number of views.
 * `schedule`: of every view.
 */
export function largeProject(views: number, { schedule = null }: { readonly schedule?: string | null } = {}): readonly LocatedDefinition[] {
  const entities = THINGS.map(
    (name): Entity => ({ kind: "entity", name, description: `A ${name}`, owner: null, tags: {}, joinKeys: [{ name: `${name}_id`, type: "int64" }] }),
  );
  const source: DataSource = {
    kind: "data_source",
    type: "file",
    name: "events",
    description: "All that happened",
    owner: "platform@example.com",
    tags: {},
    path: "/nowhere/events.parquet",
    pathAsWritten: "events.parquet",
    format: "parquet",
    timestampField: "event_time",
    createdTimestampColumn: null,
  };
  const made = Array.from({ length: views }, (_, index): FeatureView => {
    const [thing, subject, second] = [pick(THINGS, index), pick(SUBJECTS, index + 70_001), pick(SUBJECTS, index + 130_003)];
    const features = Array.from({ length: FEATURES_EACH }, (_each, at) => {
      const name = `${pick(SUBJECTS, index * 10 + at)}_${pick(FIGURES, index * 10 + at + 500_009)}_${pick(WINDOWS, index * 10 + at + 900_001)}_${at}`;
      const tags: Record<string, string> = at === 0 ? { pii: "no" } : {};
      const description = at % 2 === 0 ? `${pick(FIGURES, at)} of ${pick(SUBJECTS, index + at)} per ${thing}` : "";
      return { name, type: pick(["int64", "float32", "float64", "string"] as const, index * 10 + at), column: name, description, tags };
    });
    return {
      kind: "feature_view",
      type: "batch",
      name: `${thing}_${subject}_${second}_${index}`,
      description: `The ${subject} history of a ${thing}, by ${second}`,
      owner: `${pick(SUBJECTS, index * 11)}.${index % 300}@example.com`,
      team: `team_${pick(THINGS, index * 5)}_${index % 40}`,
      tags: { tier: pick(["gold", "silver", "bronze"], index), domain: subject },
      entities: [thing],
      ttlSeconds: 86_400,
      features,
      source: "events",
      transform: null,
      online: true,
      schedule,
      freshnessSeconds: null,
    };
  });
  return [...entities, source, ...made].map((definition) => ({ definition, origin: null }));
}
