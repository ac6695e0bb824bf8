"use client";
import { useQuery } from "@tanstack/react-query";
import { KeyRound, RotateCw } from "lucide-react";
import { microsToMs, plural } from "../format/index.ts";
import { useProject } from "../shell/project.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code.tsx";
import { Panel } from "../ui/panel.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { LookupInput } from "./lookup-data.ts";
import { ViewBlock } from "./view-block.tsx";

interface LookupResultsProps {
  readonly data: Outputs["lookup"]["online"];
  readonly input: LookupInput;
  /** What each key is called. */
  readonly labels: readonly string[];
  readonly isRefreshing: boolean;
  readonly onRefresh: () => void;
  readonly onlyDifferences: boolean;
  readonly onDifferences: (only: boolean) => void;
}

/** Every feature of the keys, view by view, and the answer of serving as it is. */
export function LookupResults({ data, input, labels, isRefreshing, onRefresh, onlyDifferences, onDifferences }: LookupResultsProps) {
  const features = data.views.reduce((sum, view) => sum + view.features.length, 0);
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-ink-2 text-sm">
        <span>
          {plural(features, "feature")} of {plural(data.views.length, "view")}, read <RelativeTime at={microsToMs(data.at)} />
        </span>
        <span className="flex-1" />
        <label className="flex items-center gap-2">
          <input type="checkbox" checked={onlyDifferences} onChange={(event) => onDifferences(event.target.checked)} className="size-3.5 accent-accent-solid" />
          Only differences
        </label>
        <Button size="sm" onClick={onRefresh} disabled={isRefreshing}>
          <RotateCw aria-hidden="true" className={isRefreshing ? "animate-spin" : undefined} />
          Read again
        </Button>
      </div>
      {data.views.length === 0 && data.denied.length === 0 && (
        <Panel>
          <EmptyState icon={KeyRound} title="No view is keyed by this" compact>
            A view with these entities, and no others, would show up here.
          </EmptyState>
        </Panel>
      )}
      {data.views.map((view) => (
        <ViewBlock key={view.view} view={view} input={input} labels={labels} onlyDifferences={onlyDifferences} />
      ))}
      {data.denied.map(({ view, reason }) => (
        <Panel key={view} title={view}>
          <p className="px-3 py-2 text-ink-2 text-sm">{reason}</p>
        </Panel>
      ))}
      {data.answer !== null && <HttpAnswer request={data.request} answer={data.answer} />}
    </div>
  );
}

/** What serving was asked, and its answer, a feature a line. */
function HttpAnswer({ request, answer }: { readonly request: string; readonly answer: string }) {
  const trpc = useTRPC();
  const { current, all } = useProject();
  const info = useQuery(trpc.system.info.queryOptions());
  const header = all.length > 1 && current ? `  -H 'Larder-Project: ${current}' \\\n` : "";
  const url = `${info.data?.serveUrl ?? ""}/get-online-features`;
  const curl = `curl -s ${url} \\\n  -H 'content-type: application/json' \\\n${header}  -d '${request.replaceAll("'", "'\\''")}'`;
  return (
    <details className="rounded-lg border border-line bg-panel shadow-card">
      <summary className="cursor-default px-3 py-2 font-medium text-ink text-sm">The HTTP request and its answer</summary>
      <div className="grid gap-3 border-line border-t p-3 [&_pre]:max-h-96 [&_pre]:overflow-y-auto">
        <CodeBlock title="Request" code={curl} />
        <CodeBlock title="Answer" code={linesOf(answer)} />
      </div>
    </details>
  );
}

/** A quote inside a value is escaped, so these marks stand between results only. */
function linesOf(answer: string): string {
  return answer.replace(',"results":[', ',\n"results":[\n  ').replaceAll('},{"values":', '},\n  {"values":').replace(/\]\}$/, "\n]}");
}
