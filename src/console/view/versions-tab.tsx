"use client";
import { useQuery } from "@tanstack/react-query";
import { plural } from "../format/index.ts";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { cn } from "../ui/cn.ts";
import { CodeBlock } from "../ui/code.tsx";
import { Health } from "../ui/health.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { type SpecChange, specDiff } from "./spec-diff.ts";

type VersionEntry = Outputs["view"]["versions"][number];

/** Every state that the view's schema, entities, source and transform ever had, newest first, with what each changed. */
export function VersionsTab({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.view.versions.queryOptions({ view }));
  return (
    <QueryRegion
      query={query}
      what="the versions"
      loading={
        <Panel title="Versions">
          <SkeletonRows rows={3} />
        </Panel>
      }
    >
      {(versions) => {
        const served = versions.find(({ readyAt }) => readyAt !== null)?.version.versionNumber;
        return (
          <div className="space-y-4">
            <Panel title="Versions" hint="a change of schema, entities, source or transform makes a new one">
              <ol className="divide-y divide-line">
                {versions.map((entry, index) => (
                  <Version key={entry.version.versionId} entry={entry} before={versions[index + 1] ?? null} isServed={entry.version.versionNumber === served} />
                ))}
              </ol>
            </Panel>
            {versions[0]?.version.transform && (
              <CodeBlock title={`Transform of version ${versions[0].version.versionNumber}`} code={dedent(versions[0].version.transform)} />
            )}
          </div>
        );
      }}
    </QueryRegion>
  );
}

interface VersionProps {
  readonly entry: VersionEntry;
  readonly before: VersionEntry | null;
  readonly isServed: boolean;
}

function Version({ entry: { version, createdAt, readyAt }, before, isServed }: VersionProps) {
  const changes = specDiff(before?.version ?? null, version);
  return (
    <li className="grid gap-x-6 gap-y-2 px-4 py-3 sm:grid-cols-[200px_minmax(0,1fr)]">
      <div className="space-y-0.5">
        <p className="font-medium text-ink">Version {version.versionNumber}</p>
        <p className="text-ink-2 text-xs">
          made <RelativeTime at={createdAt} />
        </p>
        <p className="text-xs">
          {isServed ? (
            <Health state="good">served</Health>
          ) : readyAt === null ? (
            <Health state="unknown">not ready: never materialized in full</Health>
          ) : (
            <span className="text-ink-3">
              ready since <RelativeTime at={readyAt} />
            </span>
          )}
        </p>
      </div>
      {before === null ? (
        <p className="text-ink-2">
          The first: {plural(version.features.length, "feature")}, keyed by {version.joinKeys.map(({ name }) => name).join(", ") || "nothing"}, from{" "}
          {version.source.name}.
        </p>
      ) : (
        <Changes changes={changes} />
      )}
    </li>
  );
}

const LOOKS = { "+": "text-ink", "-": "text-ink-2 line-through decoration-ink-3", "~": "text-ink" } as const;
const WORDS = { "+": "added", "-": "removed", "~": "changed" } as const;

function Changes({ changes }: { readonly changes: readonly SpecChange[] }) {
  return (
    <ul className="space-y-0.5 font-mono text-xs">
      {changes.map(({ sign, text }) => (
        <li key={`${sign}${text}`} className="grid grid-cols-[64px_minmax(0,1fr)] gap-2">
          <span className="font-sans text-ink-3">{WORDS[sign]}</span>
          <span className={cn("break-words", LOOKS[sign])}>{text}</span>
        </li>
      ))}
    </ul>
  );
}

function dedent(text: string): string {
  const lines = text.replace(/^\n+|\s+$/g, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join("\n");
}
