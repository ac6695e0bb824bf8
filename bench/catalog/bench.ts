import type { CatalogFilter, CatalogQuery, Registry } from "../../src/registry/index.ts";
import type { Bench, Measure } from "../harness/bench.ts";
import { largeProject } from "./definitions.ts";

const PROJECT = "large";
const MANAGER = "repo:large";
const KINDS = ["feature_view", "feature", "entity", "data_source", "feature_service"] as const;
const P95_MS_MAX = 100;

type Question = Partial<Pick<CatalogQuery, "sort" | "page"> & Omit<CatalogFilter, "project">>;

/** What people type and tick, narrow and wide. */
const QUESTIONS: Readonly<Record<string, readonly Question[]>> = {
  "a name, whole or its beginning": [{ text: "driver_trip" }, { text: "courier_price" }, { text: "fraud_rate_7d" }, { text: "zone_" }],
  "words anywhere": [
    { text: "weather" },
    { text: "driver" },
    { text: "surge history" },
    { text: "p95 basket 7d" },
    { text: "domain:fraud" },
    { text: "wait." },
  ],
  "a misspelt word": [{ text: "wheather" }, { text: "drvier surge" }, { text: "merchnat_pirce" }, { text: "loyality churn" }],
  "one or two letters": [{ text: "d" }, { text: "su" }],
  "facets and sorts": [
    { text: "rate", kinds: ["feature"], types: ["float32"] },
    { owners: ["trip.0@example.com"] },
    { tags: ["tier:gold"], entities: ["driver"], sort: "updated" },
    { text: "promo", kinds: ["feature_view"], sort: "name" },
  ],
  "everything, first page and page 1,000": [{}, { sort: "name", page: 1_000 }],
};

export const catalogBench: Bench = {
  name: "catalog",
  title: "search the catalog at 10,000 views and 100,000 features, at the server",
  reference: "none: the target is a p95 below 100 ms",
  async run({ quick, rounds, open, say }) {
    const { runtime } = await open();
    const definitions = largeProject(quick ? 500 : 10_000);
    const commit = { project: PROJECT, settings: SETTINGS, managedBy: MANAGER, expectedRevision: 0, upserts: definitions, removals: [] };
    const started = performance.now();
    await runtime.transactor.transact((tx) => runtime.registry.commit(tx, commit));
    say(`${definitions.length} definitions written in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
    const times: Record<string, number[][]> = {};
    const facetTimes: number[][] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const [what, questions] of Object.entries(QUESTIONS)) times[what] = [...(times[what] ?? []), await listTimes(runtime.registry, questions)];
      facetTimes.push(await facetsTimes(runtime.registry, round));
    }
    const all = Array.from({ length: rounds }, (_, round) => Object.values(times).flatMap((each) => each[round] ?? []));
    const measure = (what: string, each: readonly (readonly number[])[], share: number, limited: boolean): Measure => {
      const ours = each.map((one) => quantile(one, share));
      return { what, unit: "ms", ours, reference: null, ...(limited && { limit: { max: P95_MS_MAX } }) };
    };
    return [
      measure("all searches, p50", all, 0.5, false),
      measure("all searches, p95", all, 0.95, true),
      ...Object.entries(times).map(([what, each]) => measure(`  ${what}, p95`, each, 0.95, false)),
      measure("facet counts, asked the first time, p50", facetTimes, 0.5, false),
      measure("facet counts, asked the first time, p95", facetTimes, 0.95, false),
    ];
  },
};

const SETTINGS = { onlineStore: { type: "sqlite", connectionString: null }, offlineStore: { type: "file" } } as const;
const REPEATS = 3;

async function listTimes(registry: Registry, questions: readonly Question[]): Promise<number[]> {
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    for (const question of questions) {
      const query: CatalogQuery = { project: PROJECT, text: "", kinds: KINDS, sort: "relevance", page: 1, pageSize: 50, ...question };
      const started = performance.now();
      const { total } = await registry.catalog(query);
      times.push(performance.now() - started);
      if (total === 0 && query.owners === undefined) throw new Error(`nothing was found for ${JSON.stringify(question)}`);
    }
  }
  return times;
}

/** Counts are kept until the project changes: a manager that nobody is, beside the one that all have, makes each round ask anew. */
async function facetsTimes(registry: Registry, round: number): Promise<number[]> {
  const times: number[] = [];
  for (const question of Object.values(QUESTIONS).flat()) {
    const started = performance.now();
    await registry.catalogFacets({ project: PROJECT, text: "", kinds: KINDS, ...question, managers: [MANAGER, `nobody ${round}`] });
    times.push(performance.now() - started);
  }
  return times;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
