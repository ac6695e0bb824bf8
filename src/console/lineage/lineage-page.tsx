"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Network, SearchX, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { plural } from "../format/index.ts";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { focusText, lineageInput, lineageParams } from "./lineage-address.ts";
import { type LineageGraph, type LineageNode, matchesNode } from "./lineage-data.ts";
import { LineageList } from "./lineage-list.tsx";
import { LineageSearch } from "./lineage-search.tsx";
import { Steps } from "./steps.tsx";

// The graph's library is loaded when a graph is shown, and only then.
const LineageCanvas = dynamic(() => import("./lineage-canvas.tsx").then((module) => module.LineageCanvas), { ssr: false, loading: () => <CanvasSkeleton /> });

const SHAPES = [
  { value: "graph", text: "Graph" },
  { value: "list", text: "List" },
] as const;

export function LineagePage() {
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(lineageParams, { history: "push" });
  const input = lineageInput(address);
  const query = useQuery(trpc.lineage.graph.queryOptions(input, { placeholderData: keepPreviousData, retry: false }));
  // Another object is another title, which the server gives.
  const setFocus = useCallback((focus: string | null) => void setAddress({ focus, q: null }, { shallow: false }), [setAddress]);
  const search = useCallback((q: string) => void setAddress({ q: q || null }, { history: "replace" }), [setAddress]);
  return (
    <Page crumbs={input.focus ? [{ text: "Lineage", href: "/lineage" }, { text: input.focus.name }] : [{ text: "Lineage" }]}>
      <PageTitle
        title={input.focus ? `Lineage of ${input.focus.name}` : "Lineage"}
        description="Where rows come from and where they go: sources, the views that read them, the services that read those."
      />
      <div className="mt-4 mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <SearchField label="Find an object" placeholder="Source, view or service" value={address.q} onChange={search} />
        {input.focus && (
          <>
            <Steps label="Upstream" value={address.up} onChange={(up) => void setAddress({ up })} />
            <Steps label="Downstream" value={address.down} onChange={(down) => void setAddress({ down })} />
            <Button size="sm" onClick={() => void setAddress({ focus: null, up: null, down: null }, { shallow: false })}>
              Whole project <X aria-hidden="true" />
            </Button>
          </>
        )}
        <span className="flex-1" />
        {(["graph", "list"] as const).map((usual) => (
          <span key={usual} className={usual === "graph" ? "max-md:hidden" : "md:hidden"}>
            <Segmented label="Shown as" value={address.as ?? usual} options={SHAPES} onChange={(as) => void setAddress({ as })} />
          </span>
        ))}
      </div>
      <QueryRegion query={query} what="the lineage" loading={<CanvasSkeleton />}>
        {(data) => (
          <>
            {address.q !== "" && <LineageSearch text={address.q} onFocus={setFocus} />}
            <Shown data={data} focus={input.focus} as={address.as} text={address.q} onFocus={setFocus} />
          </>
        )}
      </QueryRegion>
    </Page>
  );
}

interface ShownProps {
  readonly data: Outputs["lineage"]["graph"];
  readonly focus: ReturnType<typeof lineageInput>["focus"];
  readonly as: "graph" | "list" | null;
  readonly text: string;
  readonly onFocus: (focus: string | null) => void;
}

function Shown({ data: { total, graph }, focus, as, text, onFocus }: ShownProps) {
  const found = useMemo(() => (graph === null || text.trim() === "" ? null : foundIn(graph, text)), [graph, text]);
  const focusOn = useCallback(({ kind, name }: LineageNode) => onFocus(focusText(kind, name)), [onFocus]);
  if (graph === null) {
    return (
      <Panel>
        <EmptyState icon={Network} title={`${plural(total, "object")} are too many for one picture`}>
          Find the source, view or service that you want to know about: its lineage is drawn around it.
        </EmptyState>
      </Panel>
    );
  }
  if (graph.nodes.length === 0) {
    return (
      <Panel>
        <EmptyState icon={Network} title="Nothing flows yet" command="larder apply --repo DIR">
          Sources, views and services show up here as soon as they are defined.
        </EmptyState>
      </Panel>
    );
  }
  const focusId = focus ? `${focus.kind}:${focus.name}` : null;
  // On a phone the list is what is shown unless the graph was chosen.
  return (
    <>
      <p className="mb-2 text-ink-2 text-xs" role="status">
        {focus ? `${graph.nodes.length} of ${plural(total, "object")}` : plural(total, "object")}, {plural(graph.edges.length, "flow")}
        {found && `, ${found.size} found`}
      </p>
      {as !== "list" && (
        <Panel className={cn("h-[calc(100dvh-240px)] min-h-96", as === null && "max-md:hidden")}>
          <LineageCanvas key={`${focusId} ${graph.nodes.length} ${graph.edges.length}`} graph={graph} focus={focusId} found={found} onFocus={focusOn} />
        </Panel>
      )}
      {as !== "graph" && (
        <div className={cn(as === null && "md:hidden")}>
          {found?.size === 0 ? (
            <Panel>
              <EmptyState icon={SearchX} title="Nothing here matches" compact>
                Nothing in this part of the project has these words.
              </EmptyState>
            </Panel>
          ) : (
            <LineageList graph={graph} isShown={({ id }) => found === null || found.has(id)} />
          )}
        </div>
      )}
    </>
  );
}

function foundIn({ nodes }: LineageGraph, text: string): ReadonlySet<string> {
  return new Set(nodes.filter((node) => matchesNode(node, text.trim())).map(({ id }) => id));
}

function CanvasSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid h-96 grid-cols-3 items-center gap-24 p-8">
      {["a", "b", "c"].map((column) => (
        <div key={column} className="space-y-3">
          <Skeleton className="h-11 rounded-lg" />
          <Skeleton className="h-11 rounded-lg" />
          <Skeleton className="h-11 rounded-lg" />
        </div>
      ))}
    </div>
  );
}
