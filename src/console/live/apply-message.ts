import type { QueryClient } from "@tanstack/react-query";
import type { LiveMessage, ShownRun } from "../../trpc/index.ts";
import type { Outputs, useTRPC } from "../shell/trpc.ts";

type Trpc = ReturnType<typeof useTRPC>;
type RunMessage = Extract<LiveMessage, { kind: "run" }>;

const EVENTS_MAX = 1_000;

/** Brings what is on screen up to date with something that happened. */
export function applyMessage(client: QueryClient, trpc: Trpc, message: LiveMessage): void {
  switch (message.kind) {
    case "run":
      applyRun(client, trpc, message);
      return;
    case "registry":
      for (const noun of [
        trpc.catalog,
        trpc.definition,
        trpc.overview,
        trpc.view,
        trpc.feature,
        trpc.entity,
        trpc.source,
        trpc.service,
        trpc.project,
        trpc.materialize,
      ]) {
        void client.invalidateQueries(noun.pathFilter());
      }
      return;
    case "reset":
      void client.invalidateQueries();
      return;
  }
}

function applyRun(client: QueryClient, trpc: Trpc, { event, run }: RunMessage): void {
  client.setQueryData(trpc.run.events.queryKey({ run: event.run }), (events: Outputs["run"]["events"] | undefined) => {
    if (!events || (events.at(-1)?.id ?? 0) >= event.id) return events;
    return [...events, event].slice(-EVENTS_MAX);
  });
  if (!run) return;
  const key = trpc.run.get.queryKey({ run: run.id });
  // An answer that is still on its way is older than this.
  void client.cancelQueries({ queryKey: key });
  client.setQueryData(key, run);
  client.setQueriesData(trpc.run.list.pathFilter(), (page: Outputs["run"]["list"] | undefined) => page && replaceRow(page, run));
  if (event.type !== "state") return;
  void client.invalidateQueries(trpc.run.list.pathFilter());
  if (run.finishedAt === null) return;
  for (const path of [trpc.overview, trpc.view.online, trpc.view.ages, trpc.view.versions, trpc.materialize.preview, trpc.service, trpc.trainingSet])
    void client.invalidateQueries(path.pathFilter());
}

function replaceRow(page: Outputs["run"]["list"], run: ShownRun): Outputs["run"]["list"] {
  if (!page.rows.some(({ id }) => id === run.id)) return page;
  return { ...page, rows: page.rows.map((row) => (row.id === run.id ? run : row)) };
}
