"use client";
import { CommandLine } from "../ui/code.tsx";
import { Health } from "../ui/health.tsx";
import { useNow } from "../ui/now.tsx";
import { Panel } from "../ui/panel.tsx";

const WORKER_SILENT_MS = 60_000;

interface WorkerProps {
  /** The last heartbeat; null: there never was one. */
  readonly seenAt: Date | null;
}

function useIsSilent({ seenAt }: WorkerProps): boolean {
  return useNow((now) => seenAt === null || now - seenAt.getTime() > WORKER_SILENT_MS);
}

export function WorkerMark(props: WorkerProps) {
  const isSilent = useIsSilent(props);
  return <Health state={isSilent ? "bad" : "good"}>{isSilent ? "silent" : "alive"}</Health>;
}

/** Where no worker lives: what stands still, and what to do. */
export function SilentWorker(props: WorkerProps) {
  if (!useIsSilent(props)) return null;
  return (
    <Panel title={<Health state="bad">No worker is running</Health>} action={<CommandLine command="larder worker" className="min-w-52" />}>
      <p className="px-3 py-2 text-ink-2 text-sm">
        Lateness is still told, by the console itself. Drift, quality, parity and online rows are as they were seen last, and no schedule starts a run.
      </p>
    </Panel>
  );
}
