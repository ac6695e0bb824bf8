import { plural } from "../format/index.ts";
import { DataTable } from "../ui/data-table.tsx";
import { RowLink, TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { lineageHref } from "./lineage-address.ts";
import { kindText, type LineageGraph, type LineageKind, type LineageNode, neighbours, nodeHref } from "./lineage-data.ts";

const GROUPS: readonly { readonly kind: LineageKind; readonly title: string }[] = [
  { kind: "data_source", title: "Sources" },
  { kind: "feature_view", title: "Feature views" },
  { kind: "feature_service", title: "Feature services" },
];

/** The same as the graph in words: each object with what it reads and what reads it. */
export function LineageList({ graph, isShown }: { readonly graph: LineageGraph; readonly isShown: (node: LineageNode) => boolean }) {
  const byId = new Map(graph.nodes.map((node) => [node.id as string, node]));
  const { reads, readBy } = neighbours(graph);
  const of = (ids: readonly string[] | undefined) => (ids ?? []).flatMap((id) => byId.get(id) ?? []);
  return (
    <div className="space-y-4">
      {GROUPS.map(({ kind, title }) => {
        const rows = graph.nodes.filter((node) => node.kind === kind && isShown(node));
        if (rows.length === 0) return null;
        return (
          <Panel key={kind} title={title} hint={plural(rows.length, "object")}>
            <DataTable
              caption={title}
              rows={rows}
              rowKey={({ id }) => id}
              columns={[
                { key: "name", header: "Name", cell: (node) => <NodeName node={node} />, className: "w-64" },
                { key: "kind", header: "Kind", cell: (node) => <span className="text-ink-2">{kindText(node)}</span>, className: "w-44" },
                { key: "reads", header: "Reads", cell: (node) => <Names nodes={of(reads.get(node.id))} none={kind === "data_source" ? "" : "nothing"} /> },
                {
                  key: "readBy",
                  header: "Read by",
                  cell: (node) => <Names nodes={of(readBy.get(node.id))} none={kind === "feature_service" ? "" : "nothing here"} />,
                },
              ]}
              roomy
              item={(node) => (
                <>
                  <NodeName node={node} /> <span className="text-ink-3 text-xs">{kindText(node)}</span>
                  <dl className="mt-1 grid grid-cols-[64px_minmax(0,1fr)] gap-x-2 text-xs">
                    {kind !== "data_source" && <Pair term="reads" nodes={of(reads.get(node.id))} />}
                    {kind !== "feature_service" && <Pair term="read by" nodes={of(readBy.get(node.id))} />}
                  </dl>
                </>
              )}
            />
          </Panel>
        );
      })}
    </div>
  );
}

function NodeName({ node }: { readonly node: LineageNode }) {
  const href = nodeHref(node);
  return href === null ? <span className="font-medium text-ink">{node.name}</span> : <RowLink href={href}>{node.name}</RowLink>;
}

function Names({ nodes, none }: { readonly nodes: readonly LineageNode[]; readonly none: string }) {
  if (nodes.length === 0) return <span className="text-ink-3 text-xs">{none}</span>;
  return (
    <span className="relative z-10 flex flex-wrap gap-x-2 gap-y-0.5 text-xs">
      {nodes.map(({ id, kind, name, isDefined }) =>
        isDefined ? (
          <TextLink key={id} href={lineageHref(kind, name)} title={`Lineage around ${name}`}>
            {name}
          </TextLink>
        ) : (
          <span key={id}>{name}</span>
        ),
      )}
    </span>
  );
}

function Pair({ term, nodes }: { readonly term: string; readonly nodes: readonly LineageNode[] }) {
  return (
    <>
      <dt className="text-ink-3">{term}</dt>
      <dd>
        <Names nodes={nodes} none="nothing" />
      </dd>
    </>
  );
}
