import { RotateCw } from "lucide-react";
import { formatSeconds } from "../format/index.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { RelativeTime } from "../ui/time.tsx";
import type { useProfiles } from "./use-profiles.ts";

/** When the figures were worked out, whether the source has moved on since, and a click that does it anew. */
export function ProfileTime({ query, again }: Pick<ReturnType<typeof useProfiles>, "query" | "again">) {
  if (!query.data) return null;
  const { computedAt, seconds, sourceChanged } = query.data;
  return (
    <span className="flex min-w-0 items-center gap-2 text-ink-3 text-xs">
      <span className="truncate max-sm:hidden">
        {sourceChanged ? <span className="text-attention">the source has changed since </span> : "worked out "}
        <RelativeTime at={computedAt} /> in {formatSeconds(seconds)}
      </span>
      <Button size="sm" look="ghost" aria-label="Work out anew" disabled={again.isPending} onClick={() => again.mutate({ view: query.data.view })}>
        <RotateCw className={cn(again.isPending && "animate-spin")} aria-hidden="true" />
        <span className="max-sm:hidden">{again.isPending ? "Working it out" : "Work out anew"}</span>
      </Button>
    </span>
  );
}
