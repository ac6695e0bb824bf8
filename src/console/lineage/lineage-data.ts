import { entryHref } from "../catalog/entry-href.ts";
import { KIND_WORDS } from "../catalog/kinds.ts";
import type { Outputs } from "../shell/trpc.ts";

export type LineageGraph = NonNullable<Outputs["lineage"]["graph"]["graph"]>;
export type LineageNode = LineageGraph["nodes"][number];
export type LineageEdge = LineageGraph["edges"][number];
export type LineageKind = LineageNode["kind"];

/** What an object is, in a few words: "file source", "batch view with SQL". */
export function kindText({ kind, type, transformed, isDefined }: LineageNode): string {
  if (kind === "feature_service") return "feature service";
  if (kind === "data_source") return isDefined ? `${type} source` : "source inside a stream";
  return `${type} view${transformed ? " with SQL" : ""}`;
}

/** The page of an object; null for one that has none. */
export function nodeHref({ kind, name, isDefined }: LineageNode): string | null {
  return isDefined ? entryHref({ kind, name, view: null }) : null;
}

/** Every word occurs in its name, kind or description. */
export function matchesNode(node: LineageNode, text: string): boolean {
  const all = `${node.name} ${KIND_WORDS[node.kind].one} ${kindText(node)} ${node.description}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** What each node reads and is read by, by id. */
export function neighbours({ edges }: LineageGraph): {
  readonly reads: ReadonlyMap<string, readonly string[]>;
  readonly readBy: ReadonlyMap<string, readonly string[]>;
} {
  const reads = new Map<string, string[]>();
  const readBy = new Map<string, string[]>();
  for (const { from, to } of edges) {
    push(reads, to, from);
    push(readBy, from, to);
  }
  return { reads, readBy };
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** A node with all that flows into it and out of it. */
export function thread(graph: LineageGraph, id: string): ReadonlySet<string> {
  const { reads, readBy } = neighbours(graph);
  const found = new Set([id]);
  for (const next of [reads, readBy]) {
    let front = [id];
    const seen = new Set(front);
    while (front.length > 0) front = front.flatMap((at) => next.get(at) ?? []).filter((at) => !seen.has(at) && seen.add(at));
    for (const each of seen) found.add(each);
  }
  return found;
}
