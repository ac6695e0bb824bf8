"use client";
import { useQuery } from "@tanstack/react-query";
import type { Entity, FeatureView } from "../../domain/index.ts";
import { useProject } from "../shell/project.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { CodeBlock } from "../ui/code.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { snippets } from "./snippets.ts";

/** The same view from a terminal and from code, with a key that exists. */
export function CodeTab({ view, entities }: { readonly view: FeatureView; readonly entities: readonly Entity[] }) {
  const trpc = useTRPC();
  const { current, all } = useProject();
  const info = useQuery(trpc.system.info.queryOptions());
  const keys = useQuery(trpc.view.sample.queryOptions({ view: view.name, of: "keys", limit: 1 }, { staleTime: 60_000 }));
  if (!info.data || keys.isPending) {
    return (
      <div role="status" aria-label="Loading" className="grid gap-4 lg:grid-cols-2">
        {["a", "b", "c", "d"].map((key) => (
          <Skeleton key={key} className="h-40 rounded-lg" />
        ))}
      </div>
    );
  }
  const shown = snippets({
    view: view.name,
    features: view.features.map(({ name }) => name),
    joinKeys: entities.flatMap(({ joinKeys }) => joinKeys),
    key: firstKey(keys.data),
    serveUrl: info.data.serveUrl,
    project: all.length > 1 ? current : null,
  });
  return (
    <div className="space-y-3">
      <p className="text-ink-2 text-sm">
        {keys.data?.rows.length
          ? "The key is a real one from the source: every snippet runs as it stands."
          : "No key is known yet: put one of yours in its place."}
      </p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {shown.map(({ title, code }) => (
          <CodeBlock key={title} title={title} code={code} />
        ))}
      </div>
    </div>
  );
}

function firstKey(table: Outputs["view"]["sample"] | undefined): Readonly<Record<string, unknown>> | null {
  const row = table?.rows[0];
  return table && row ? Object.fromEntries(table.columns.map(({ name }, index) => [name, row[index]])) : null;
}
