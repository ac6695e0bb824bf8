"use client";
import { useQuery } from "@tanstack/react-query";
import { Sheet } from "lucide-react";
import type { ReactNode } from "react";
import { formatSeconds } from "../format/index.ts";
import { RunProgress } from "../run/run-progress.tsx";
import { RunTable } from "../run/run-table.tsx";
import { Page, PageTitle } from "../shell/page.tsx";
import { useProject } from "../shell/project.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { CodeBlock } from "../ui/code.tsx";
import { Health } from "../ui/health.tsx";
import { TextLink } from "../ui/link.tsx";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime, UtcTime } from "../ui/time.tsx";
import { ChangeList } from "./change-list.tsx";
import { ResultPanels } from "./result-panel.tsx";
import { SetActions } from "./set-actions.tsx";
import { trainingSnippets } from "./snippets.ts";
import { TrainingReceiptPanel } from "./training-receipt.tsx";
import { featuresText, rowsText } from "./training-sets-page.tsx";

type Now = Outputs["trainingSet"]["get"];

export function TrainingSetPage({ name }: { readonly name: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.trainingSet.get.queryOptions({ name }));
  return (
    <Page crumbs={[{ text: "Training sets", href: "/training-sets" }, { text: name }]}>
      <QueryRegion query={query} what={`the training set ${name}`} loading={<SkeletonRows rows={10} />}>
        {(now) => <Body now={now} />}
      </QueryRegion>
    </Page>
  );
}

function Body({ now }: { readonly now: Now }) {
  const trpc = useTRPC();
  const { set, newer } = now;
  const runs = useQuery(trpc.run.list.queryOptions({ set: set.name, pageSize: 10 }));
  const active = runs.data?.rows.find(({ finishedAt }) => finishedAt === null);
  return (
    <>
      <PageTitle
        title={set.name}
        kind="training set"
        description={set.description}
        facts={<SetFacts now={now} />}
        actions={<SetActions now={now} isActive={active !== undefined} />}
      />
      <div className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="min-w-0 space-y-4">
          {active && (
            <Panel title="Making it now">
              <div className="p-4">
                <RunProgress run={active} />
              </div>
            </Panel>
          )}
          {set.result && set.resultRun ? (
            <>
              <Panel title="Result">
                <div className="p-4">
                  <TrainingReceiptPanel receipt={set.result} run={set.resultRun} />
                </div>
              </Panel>
              <ResultPanels run={set.resultRun} features={set.result.features} />
            </>
          ) : (
            !active && (
              <Panel>
                <EmptyState icon={Sheet} title="Not made yet" command={`larder training-sets run ${set.name}`}>
                  A run joins the features and keeps the file here.
                </EmptyState>
              </Panel>
            )
          )}
          <Panel title="Runs">
            <QueryRegion query={runs} what="its runs" loading={<SkeletonRows rows={3} />}>
              {({ rows }) => <RunTable caption={`Runs of ${set.name}`} runs={rows} ofOneView />}
            </QueryRegion>
          </Panel>
          <Code name={set.name} />
        </div>
        <div className="space-y-4">
          {newer.length > 0 && (
            <Panel title="Views have moved on">
              <div className="p-3">
                <ChangeList changes={newer} />
                <p className="mt-2 text-ink-3 text-xs">The training set keeps its versions and ttls until you take the newest ones.</p>
              </div>
            </Panel>
          )}
          <Definition now={now} />
        </div>
      </div>
    </>
  );
}

function SetFacts({ now: { set, changed } }: { readonly now: Now }): ReactNode {
  if (set.result === null) return <Health state="unknown">not made yet</Health>;
  return (
    <>
      {changed?.length === 0 ? (
        <Health state="good">nothing has changed since</Health>
      ) : (
        <Health state="attention" className="whitespace-normal">
          changed since: {changed?.map(({ name, what }) => name || what).join(", ")}
        </Health>
      )}
      {set.resultAt && (
        <span className="text-ink-2">
          made <RelativeTime at={set.resultAt} />
        </span>
      )}
    </>
  );
}

function Definition({ now: { set, changed } }: { readonly now: Now }) {
  const { spec, pins } = set;
  const rows = spec.entityRows;
  return (
    <Panel title="Definition">
      <Facts>
        <Fact term="Entity rows">
          {rows.kind === "source" ? <TextLink href={`/sources/${rows.source}`}>{rowsText(set)}</TextLink> : rowsText(set)}
          {rows.kind === "source" && (
            <span className="block text-ink-3 text-xs">
              {rows.limit} rows at most, seed {rows.seed}
            </span>
          )}
        </Fact>
        <Fact term="Time column">
          <span className="font-mono text-xs">{spec.eventTimestampColumn}</span>
        </Fact>
        <Fact term="Features">{spec.service ? <TextLink href={`/services/${spec.service}`}>{spec.service}</TextLink> : featuresText(set)}</Fact>
        <Fact term="Known">{spec.knownAtDelaySeconds === null ? "all that is known today" : "only what was known then"}</Fact>
        <Fact term="By">{set.createdBy}</Fact>
        <Fact term="Saved">
          <UtcTime at={set.createdAt} />
        </Fact>
      </Facts>
      <ul className="divide-y divide-line border-line border-t" aria-label="Pinned views">
        {pins.views.map(({ view, version, ttlSeconds, features, joinKeyMap }) => (
          <li key={`${view}${JSON.stringify(joinKeyMap)}`} className="px-3 py-2 text-sm">
            <p className="flex justify-between gap-3">
              <TextLink href={`/views/${view}`} className="min-w-0 break-all">
                {view}
              </TextLink>
              <span className="whitespace-nowrap text-ink-2 text-xs">
                version {version}, {ttlSeconds === null ? "no ttl" : `ttl ${formatSeconds(ttlSeconds)}`}
              </span>
            </p>
            <p className="mt-0.5 break-words font-mono text-ink-3 text-xs">{features.map(({ output }) => output).join(", ")}</p>
          </li>
        ))}
      </ul>
      {changed !== null && changed.length > 0 && (
        <div className="border-line border-t px-3 py-2">
          <p className="mb-1 text-ink-2 text-xs">Changed since the last result</p>
          <ChangeList changes={changed} />
        </div>
      )}
    </Panel>
  );
}

function Code({ name }: { readonly name: string }) {
  const trpc = useTRPC();
  const { current } = useProject();
  const { data } = useQuery(trpc.system.info.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  if (!data || current === null) return null;
  return (
    <div className="space-y-3">
      {trainingSnippets(name, data.serveUrl, current).map(({ title, code }) => (
        <CodeBlock key={title} title={title} code={code} />
      ))}
    </div>
  );
}
