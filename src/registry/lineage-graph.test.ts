import { describe, expect, it } from "vitest";
import { graphAround, lineageGraph } from "./lineage-graph.ts";
import type { LineageEntry } from "./port.ts";

const entry = (kind: LineageEntry["kind"], name: string, ...reads: readonly string[]): LineageEntry => {
  return { kind, name, type: null, description: "", transformed: false, reads };
};
const graph = lineageGraph([
  entry("data_source", "stream", "inline"),
  entry("data_source", "file"),
  entry("feature_view", "live", "stream"),
  entry("feature_view", "stats", "file"),
  entry("feature_view", "more", "file"),
  entry("feature_service", "model", "live", "stats"),
  entry("feature_service", "other", "more"),
]);
const around = (focus: Parameters<typeof graphAround>[1]["focus"], upstream: number, downstream: number) =>
  graphAround(graph, { focus, upstream, downstream })
    ?.nodes.map(({ id }) => id.split(":")[1])
    .toSorted();

describe("lineage", () => {
  it("runs from batch sources over streams and views to services", () => {
    expect(graph.edges).toContainEqual({ from: "data_source:inline", to: "data_source:stream" });
    expect(graph.edges).toContainEqual({ from: "feature_view:stats", to: "feature_service:model" });
    expect(graph.nodes.find(({ name }) => name === "inline")).toMatchObject({ kind: "data_source", isDefined: false });
    expect(graph.nodes).toHaveLength(8);
  });

  it("around one object keeps what flows in and out, so many steps far", () => {
    expect(around("feature_view:stats", 9, 9)).toEqual(["file", "model", "stats"]);
    expect(around("feature_service:model", 9, 9)).toEqual(["file", "inline", "live", "model", "stats", "stream"]);
    expect(around("feature_service:model", 1, 0)).toEqual(["live", "model", "stats"]);
    expect(around("data_source:file", 0, 1)).toEqual(["file", "more", "stats"]);
    expect(around("data_source:file", 0, 0)).toEqual(["file"]);
  });

  it("knows nothing around what is not there", () => {
    expect(around("feature_view:gone", 1, 1)).toBeUndefined();
  });
});
