"use client";
import { useQueries, useQuery } from "@tanstack/react-query";
import type { JoinKey } from "../../domain/index.ts";
import { useProject } from "../shell/project.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { CodeBlock } from "../ui/code.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { type SnippetFacts, snippets } from "./snippets.ts";

/** One view that is read: its join keys, and the names that the request gives them. */
interface Part {
  readonly view: string;
  readonly joinKeys: readonly JoinKey[];
  readonly joinKeyMap: Readonly<Record<string, string>>;
}

interface CodeSamplesProps {
  readonly read: SnippetFacts["read"];
  readonly parts: readonly Part[];
}

/** The same features from a terminal and from code, with keys that exist. */
export function CodeSamples({ read, parts }: CodeSamplesProps) {
  const trpc = useTRPC();
  const { current, all } = useProject();
  const info = useQuery(trpc.system.info.queryOptions());
  const views = [...new Set(parts.map(({ view }) => view))];
  const samples = useQueries({ queries: views.map((view) => trpc.view.sample.queryOptions({ view, of: "keys", limit: 1 }, { staleTime: 60_000 })) });
  if (!info.data || samples.some(({ isPending }) => isPending)) {
    return (
      <div role="status" aria-label="Loading" className="grid gap-4 lg:grid-cols-2">
        {["a", "b", "c", "d"].map((key) => (
          <Skeleton key={key} className="h-40 rounded-lg" />
        ))}
      </div>
    );
  }
  const sampleOf = new Map(views.map((view, index) => [view, samples[index]?.data]));
  const { columns, key } = requestOf(parts, sampleOf);
  const shown = snippets({ read, columns, key, serveUrl: info.data.serveUrl, project: all.length > 1 ? current : null });
  return (
    <div className="space-y-3">
      <p className="text-ink-2 text-sm">
        {key === null ? "No key is known yet: put one of yours in its place." : "The key is a real one from the source: every snippet runs as it stands."}
      </p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {shown.map(({ title, code }) => (
          <CodeBlock key={title} title={title} code={code} />
        ))}
      </div>
    </div>
  );
}

type Sample = Outputs["view"]["sample"] | undefined;

/** The columns of a request that reads all parts, and a value of each: of the first part that has it. */
function requestOf(parts: readonly Part[], sampleOf: ReadonlyMap<string, Sample>): Pick<SnippetFacts, "columns" | "key"> {
  const columns = new Map<string, JoinKey>();
  const key: Record<string, unknown> = {};
  for (const { view, joinKeys, joinKeyMap } of parts) {
    const sample = sampleOf.get(view);
    for (const joinKey of joinKeys) {
      const name = joinKeyMap[joinKey.name] ?? joinKey.name;
      if (columns.has(name)) continue;
      columns.set(name, { ...joinKey, name });
      const value = sample?.rows[0]?.[sample.columns.findIndex((column) => column.name === joinKey.name)];
      if (value !== undefined) key[name] = value;
    }
  }
  return { columns: [...columns.values()], key: [...columns.keys()].every((name) => name in key) ? key : null };
}
