import { Check, Equal } from "lucide-react";
import type { ReactNode } from "react";
import { Health, type HealthState } from "../ui/health.tsx";
import type { CellVerdict, RowVerdict } from "./compare.ts";
import type { FeatureStatus } from "./lookup-data.ts";

const ROWS: Readonly<Record<RowVerdict, { readonly state: HealthState; readonly text: string }>> = {
  same_time: { state: "good", text: "up to date with the source" },
  source_newer: { state: "attention", text: "source is newer" },
  online_newer: { state: "unknown", text: "online is newer: pushed" },
  not_online: { state: "attention", text: "not online yet" },
  online_only: { state: "unknown", text: "only online" },
  nowhere: { state: "unknown", text: "no row anywhere" },
  not_served: { state: "unknown", text: "not served online" },
};

/** How the online row stands to the source. */
export function RowMark({ verdict }: { readonly verdict: RowVerdict }) {
  const { state, text } = ROWS[verdict];
  return <Health state={state}>{text}</Health>;
}

/** Whether one value is the same on both sides, and why it may not be. */
export function CellMark({ row, cell }: { readonly row: RowVerdict; readonly cell: CellVerdict }) {
  if (cell === "equal") return <Quiet icon={<Equal />}>same</Quiet>;
  if (cell === "differs" && row === "same_time") return <Health state="bad">differs</Health>;
  if (cell === "differs" || row === "not_online") return <RowMark verdict={row} />;
  return <span className="text-ink-3">–</span>;
}

const STATUSES: Readonly<Record<Exclude<FeatureStatus, "PRESENT">, { readonly state: HealthState; readonly text: string }>> = {
  NULL_VALUE: { state: "unknown", text: "null" },
  NOT_FOUND: { state: "unknown", text: "not found" },
  OUTSIDE_MAX_AGE: { state: "attention", text: "expired" },
};

export function StatusMark({ status }: { readonly status: FeatureStatus }) {
  if (status === "PRESENT") return <Quiet icon={<Check />}>present</Quiet>;
  const { state, text } = STATUSES[status];
  return <Health state={state}>{text}</Health>;
}

/** What is as it should be, and stands on every line: no colour. */
function Quiet({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-3 [&_svg]:size-3.5">
      <span aria-hidden="true">{icon}</span>
      {children}
    </span>
  );
}
