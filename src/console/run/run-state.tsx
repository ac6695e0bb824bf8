import { Ban, CircleCheck, CircleDashed, Hourglass, LoaderCircle, OctagonX } from "lucide-react";
import type { ShownRun } from "../../trpc/index.ts";
import { cn } from "../ui/cn.ts";

type Shown = "queued" | "running" | "waiting" | "cancelling" | "succeeded" | "failed" | "cancelled";

const LOOKS = {
  queued: { Icon: CircleDashed, text: "Queued", look: "text-ink-2" },
  running: { Icon: LoaderCircle, text: "Running", look: "text-accent [&_svg]:animate-spin" },
  waiting: { Icon: Hourglass, text: "Waiting", look: "text-attention" },
  cancelling: { Icon: LoaderCircle, text: "Cancelling", look: "text-ink-2 [&_svg]:animate-spin" },
  succeeded: { Icon: CircleCheck, text: "Succeeded", look: "text-good" },
  failed: { Icon: OctagonX, text: "Failed", look: "text-bad" },
  cancelled: { Icon: Ban, text: "Cancelled", look: "text-ink-2" },
} as const satisfies Record<Shown, object>;

/** The state of a run as people see it: a running one may wait for a server or be on its way to an end. */
function shownState(run: Pick<ShownRun, "state" | "waitingFor" | "cancelRequested">): Shown {
  if (run.state !== "running") return run.state;
  if (run.cancelRequested) return "cancelling";
  return run.waitingFor === null ? "running" : "waiting";
}

export function RunState({ run, className }: { readonly run: Pick<ShownRun, "state" | "waitingFor" | "cancelRequested">; readonly className?: string }) {
  const { Icon, text, look } = LOOKS[shownState(run)];
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap", look, className)}>
      <Icon className="size-3.5 shrink-0" aria-hidden="true" strokeWidth={2.25} />
      {text}
      {run.state === "running" && run.waitingFor !== null && ` for ${run.waitingFor}`}
    </span>
  );
}
