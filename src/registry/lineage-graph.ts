import type { LineageEntry, LineageKind } from "./port.ts";

/** `kind:name`, as definitions are keyed. */
export type LineageId = `${LineageKind}:${string}`;

export interface LineageNode {
  readonly id: LineageId;
  readonly kind: LineageKind;
  readonly name: string;
  readonly type: string | null;
  readonly description: string;
  readonly transformed: boolean;
  /** false: a batch source that is written inside a stream, with no page of its own. */
  readonly isDefined: boolean;
}

/** Rows flow from `from` to `to`. */
export interface LineageEdge {
  readonly from: LineageId;
  readonly to: LineageId;
}

export interface LineageGraph {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

/** What an entry of this kind reads. */
const READS: Readonly<Record<LineageKind, LineageKind>> = { data_source: "data_source", feature_view: "data_source", feature_service: "feature_view" };

/** All nodes and edges of a project, sources first. */
export function lineageGraph(entries: readonly LineageEntry[]): LineageGraph {
  const nodes = new Map<LineageId, LineageNode>();
  const edges: LineageEdge[] = [];
  for (const { reads, ...entry } of entries) {
    const id: LineageId = `${entry.kind}:${entry.name}`;
    nodes.set(id, { id, ...entry, isDefined: true });
    for (const name of reads) edges.push({ from: `${READS[entry.kind]}:${name}`, to: id });
  }
  for (const { from } of edges) {
    if (nodes.has(from)) continue;
    const [kind, name] = [from.slice(0, from.indexOf(":")) as LineageKind, from.slice(from.indexOf(":") + 1)];
    nodes.set(from, { id: from, kind, name, type: null, description: "", transformed: false, isDefined: false });
  }
  return { nodes: [...nodes.values()], edges };
}

export interface Around {
  readonly focus: LineageId;
  /** Steps against and with the flow of rows. */
  readonly upstream: number;
  readonly downstream: number;
}

/** The part of a graph from which rows flow into the focus, and into which they flow from it. Null when the focus is not in the graph. */
export function graphAround({ nodes, edges }: LineageGraph, { focus, upstream, downstream }: Around): LineageGraph | null {
  if (!nodes.some(({ id }) => id === focus)) return null;
  const kept = new Set([...reach(edges, focus, upstream, "up"), ...reach(edges, focus, downstream, "down")]);
  return { nodes: nodes.filter(({ id }) => kept.has(id)), edges: edges.filter(({ from, to }) => kept.has(from) && kept.has(to)) };
}

function reach(edges: readonly LineageEdge[], start: LineageId, steps: number, way: "up" | "down"): ReadonlySet<LineageId> {
  const next = new Map<LineageId, LineageId[]>();
  for (const { from, to } of edges) {
    const [at, there] = way === "down" ? [from, to] : [to, from];
    next.set(at, [...(next.get(at) ?? []), there]);
  }
  const seen = new Set([start]);
  let front = [start];
  for (let step = 0; step < steps && front.length > 0; step += 1) {
    front = front.flatMap((id) => next.get(id) ?? []).filter((id) => !seen.has(id) && seen.add(id));
  }
  return seen;
}
