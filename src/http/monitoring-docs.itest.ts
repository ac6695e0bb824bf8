import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { aFileSource, anEntity, aView } from "../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { type RunningServer, startServe } from "./start-serve.ts";

/* What docs/ says of /metrics, held against a running server, so that a renamed metric leaves no empty panel and no silent rule. */

let world: PipelineWorld;
let server: RunningServer;
let text: string;

beforeAll(async () => {
  world = await pipelineWorld();
  const rows = "select 1::bigint driver_id, now() datetime, now() created, 0.5::float conv_rate, 0.5::float acc_rate, 1 avg_daily_trips";
  await world.apply([anEntity(), aFileSource({ path: await writeParquet(world.home, "driver_stats.parquet", rows) }), aView()]);
  server = await startServe({ runtime: world.runtime, host: "127.0.0.1", port: 0 });
  text = await (await fetch(`${server.url}/metrics`)).text();
});
afterAll(async () => {
  await server.stop();
  await world.dispose();
});

const doc = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), "utf8");
const exported = () => new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = "", type = ""]) => [name, type]));

/** Names of metrics in an expression; of a histogram, without what its series end in. */
function metricsOf(expr: string): readonly string[] {
  return [...expr.matchAll(/\b(?:larder|nodejs|process)_\w+/g)].map(([name]) => {
    const base = name.replace(/_(bucket|sum|count)$/, "");
    return exported().get(base) === "histogram" ? base : name;
  });
}

/** All texts under a key of these names, wherever they stand. */
function textsUnder(value: unknown, keys: readonly string[]): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (keys.includes(key) && typeof inner === "string" ? [inner] : textsUnder(inner, keys)));
}

it("the server exports each metric that a panel or a variable of the dashboard names", () => {
  const exprs = textsUnder(JSON.parse(doc("grafana/larder.json")), ["expr", "definition", "query"]);
  const named = [...new Set(exprs.flatMap(metricsOf))];
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !exported().has(name))).toEqual([]);
});

it("the server exports each metric that a rule names, and every panel asks for one", () => {
  const exprs = textsUnder(parse(doc("prometheus/larder-alerts.yml")), ["expr"]);
  expect(exprs.length).toBeGreaterThan(5);
  expect(exprs.flatMap(metricsOf).filter((name) => !exported().has(name))).toEqual([]);
  const { panels } = JSON.parse(doc("grafana/larder.json")) as { readonly panels: readonly { readonly type: string; readonly title: string }[] };
  expect(panels.filter((panel) => panel.type !== "row" && textsUnder(panel, ["expr"]).flatMap(metricsOf).length === 0)).toEqual([]);
});

it("the table of metrics lists all of Larder's own, no other, with the labels that their samples have", () => {
  const rows = [...doc("monitoring.md").matchAll(/^\| `(larder_\w+)` \| ([\w, ]*?) ?\|/gm)];
  const listed = new Map(
    rows.map(([, name = "", labels = ""]) => [
      name,
      labels
        .split(", ")
        .map((label) => label.trim())
        .filter(Boolean)
        .toSorted(),
    ]),
  );
  const own = [...exported().keys()].filter((name) => name.startsWith("larder_"));
  expect([...listed.keys()].toSorted()).toEqual(own.toSorted());
  const samples = [...text.matchAll(/^(larder_\w+)\{([^}]*)\} /gm)].filter(([, name = ""]) => exported().get(name) !== undefined);
  expect(samples.length).toBeGreaterThan(3);
  for (const [, name = "", labels = ""] of samples) {
    expect([name, [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label).toSorted()]).toEqual([name, listed.get(name)]);
  }
});
