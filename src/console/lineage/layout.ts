import { Graph, layout } from "@dagrejs/dagre";
import type { LineageGraph, LineageKind } from "./lineage-data.ts";

export const NODE_WIDTH = 216;
export const NODE_HEIGHT = 44;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Stands behind all services, so that each kind keeps to a column of its own; never drawn. */
const END = "end";
const STEPS_TO_END: Readonly<Record<LineageKind, number>> = { data_source: 3, feature_view: 2, feature_service: 1 };

/** Where each node stands: rows flow from left to right, crossings are few. Top left corners, by id. */
export function placeNodes({ nodes, edges }: LineageGraph): ReadonlyMap<string, Place> {
  const graph = new Graph();
  // By the longest path every node stands right before what reads it, and 300 nodes take no time to rank.
  graph.setGraph({ rankdir: "LR", ranker: "longest-path", ranksep: 96, nodesep: 12, edgesep: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  graph.setNode(END, { width: 0, height: 0 });
  for (const { from, to } of edges) graph.setEdge(from, to);
  const areRead = new Set(edges.map(({ from }) => from));
  for (const { id, kind } of nodes) if (!areRead.has(id)) graph.setEdge(id, END, { minlen: STEPS_TO_END[kind] });
  layout(graph);
  return new Map(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id) as Place;
      return [id, { x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 }];
    }),
  );
}

type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

/** The node that an arrow key leads to: the nearest one in that direction, along the flow first. */
export function nodeTowards(places: ReadonlyMap<string, Place>, from: string, direction: Direction): string | null {
  const at = places.get(from);
  if (!at) return null;
  const isAcross = direction === "ArrowLeft" || direction === "ArrowRight";
  const sign = direction === "ArrowRight" || direction === "ArrowDown" ? 1 : -1;
  let best: { readonly id: string; readonly far: number } | null = null;
  for (const [id, { x, y }] of places) {
    const [ahead, aside] = isAcross ? [(x - at.x) * sign, Math.abs(y - at.y)] : [(y - at.y) * sign, Math.abs(x - at.x)];
    if (id === from || ahead <= 1 || (!isAcross && aside > NODE_WIDTH)) continue;
    const far = isAcross ? ahead * 4 + aside : ahead + aside * 4;
    if (best === null || far < best.far) best = { id, far };
  }
  return best?.id ?? null;
}
