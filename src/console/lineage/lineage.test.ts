import { describe, expect, it } from "vitest";
import { NODE_HEIGHT, NODE_WIDTH, nodeTowards, placeNodes } from "./layout.ts";
import { lineageHref, lineageInput } from "./lineage-address.ts";
import { type LineageGraph, type LineageKind, matchesNode, neighbours, thread } from "./lineage-data.ts";

const node = (kind: LineageKind, name: string): LineageGraph["nodes"][number] => {
  return { id: `${kind}:${name}`, kind, name, type: "file", description: "", transformed: false, isDefined: true };
};
const graph: LineageGraph = {
  nodes: [node("data_source", "file"), node("feature_view", "a"), node("feature_view", "b"), node("feature_service", "model")],
  edges: [
    { from: "data_source:file", to: "feature_view:a" },
    { from: "data_source:file", to: "feature_view:b" },
    { from: "feature_view:a", to: "feature_service:model" },
  ],
};

describe("lineage on the page", () => {
  it("is addressed by kind and name, and by nothing else", () => {
    expect(lineageHref("feature_view", "driver_stats")).toBe("/lineage?focus=view%3Adriver_stats");
    expect(lineageInput({ focus: "view:driver_stats", up: 1, down: 99 })).toEqual({
      focus: { kind: "feature_view", name: "driver_stats" },
      upstream: 1,
      downstream: 20,
    });
    for (const focus of [null, "", "driver_stats", "view:", "model:x"]) expect(lineageInput({ focus, up: 1, down: 1 })).toMatchObject({ focus: null });
  });

  it("flows from left to right, and no two nodes meet", () => {
    const many: LineageGraph = {
      nodes: [...graph.nodes, ...Array.from({ length: 300 }, (_, index) => node("feature_view", `v${index}`))],
      edges: [...graph.edges, ...Array.from({ length: 300 }, (_, index) => ({ from: "data_source:file", to: `feature_view:v${index}` }) as const)],
    };
    const places = [...placeNodes(many)];
    const x = (id: string) => places.find(([each]) => each === id)?.[1].x ?? Number.NaN;
    expect(x("data_source:file")).toBeLessThan(x("feature_view:a"));
    expect(x("feature_view:a")).toBeLessThan(x("feature_service:model"));
    const sorted = places.map(([, place]) => place).sort((a, b) => a.x - b.x || a.y - b.y);
    for (const [id, place] of places) if (id.startsWith("feature_view:")) expect(place.x).toBe(x("feature_view:a"));
    for (const [index, place] of sorted.entries()) {
      const next = sorted[index + 1];
      if (next && Math.abs(next.x - place.x) < NODE_WIDTH) expect(next.y - place.y).toBeGreaterThanOrEqual(NODE_HEIGHT);
    }
  });

  it("is walked with the arrow keys", () => {
    const places = new Map([
      ["file", { x: 0, y: 30 }],
      ["a", { x: 300, y: 0 }],
      ["b", { x: 300, y: 60 }],
      ["model", { x: 600, y: 0 }],
    ]);
    expect(nodeTowards(places, "a", "ArrowRight")).toBe("model");
    expect(nodeTowards(places, "a", "ArrowDown")).toBe("b");
    expect(nodeTowards(places, "b", "ArrowUp")).toBe("a");
    expect(nodeTowards(places, "b", "ArrowLeft")).toBe("file");
    expect(nodeTowards(places, "model", "ArrowRight")).toBeNull();
  });

  it("knows the thread of an object, its neighbours, and finds by words", () => {
    expect([...thread(graph, "feature_view:b")].toSorted()).toEqual(["data_source:file", "feature_view:b"]);
    expect(thread(graph, "feature_service:model")).not.toContain("feature_view:b");
    expect(neighbours(graph).readBy.get("data_source:file")).toEqual(["feature_view:a", "feature_view:b"]);
    expect(graph.nodes.filter((each) => matchesNode(each, "file source")).map(({ name }) => name)).toEqual(["file"]);
  });
});
