"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { SearchX, Siren } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { MonitorFrame } from "../monitor/monitor-frame.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { IncidentTable } from "./incident-table.tsx";
import { incidentsInput, incidentsParams } from "./incidents-address.ts";

const STATES = [
  { value: "all", text: "All" },
  { value: "open", text: "Open" },
  { value: "closed", text: "Closed" },
] as const;

export function IncidentsPage() {
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(incidentsParams);
  const query = useQuery(trpc.incident.list.queryOptions(incidentsInput(address), { placeholderData: keepPreviousData, refetchInterval: 15_000 }));
  const search = useCallback((q: string) => void setAddress({ q, page: null }), [setAddress]);
  return (
    <MonitorFrame title="Incidents" description="What the monitor found wrong: one open incident per subject and check, closed by itself when it is over.">
      <div className="flex flex-wrap items-center gap-2">
        <SearchField label="Only incidents of this name" placeholder="Feature, view or what is wrong" value={address.q} onChange={search} />
        <Segmented
          label="Which incidents"
          value={address.state ?? "all"}
          options={STATES}
          onChange={(state) => void setAddress({ state: state === "all" ? null : state, page: null })}
        />
      </div>
      <Panel>
        <QueryRegion query={query} what="the incidents" loading={<SkeletonRows rows={8} />}>
          {({ rows, total, page, pageSize }) =>
            total > 0 ? (
              <>
                <IncidentTable caption="Incidents" incidents={rows} />
                <Pager page={page} pageSize={pageSize} total={total} onPage={(next) => void setAddress({ page: next }, { history: "push" })} />
              </>
            ) : address.q !== "" ? (
              <EmptyState
                icon={SearchX}
                title="No incident is named like that"
                action={<Button onClick={() => void setAddress(null)}>Show all incidents</Button>}
              >
                Names of views and features are looked for, and what is wrong: late, drifts.
              </EmptyState>
            ) : (
              <EmptyState icon={Siren} title={address.state === "open" ? "Nothing is open" : "No incident"} command="larder monitor status">
                A view that is late opens one at once, a feature when two of three windows drift. Whom it concerns is told by the channels under Alerts.
              </EmptyState>
            )
          }
        </QueryRegion>
      </Panel>
    </MonitorFrame>
  );
}
