"use client";
import { Unplug } from "lucide-react";
import { useLiveState } from "../live/live-provider.tsx";
import { useNow } from "../ui/now.tsx";
import { RelativeTime } from "../ui/time.tsx";

const PATIENCE_MS = 5_000;

/** Says calmly that what is on screen no longer moves; a short break is not worth a word. */
export function LiveBanner() {
  const state = useLiveState();
  const since = state.kind === "lost" ? state.sinceMs : null;
  const isLong = useNow((now) => since !== null && now - since > PATIENCE_MS);
  return (
    <div role="status">
      {since !== null && isLong && (
        <p className="flex min-h-8 items-center gap-2 border-line border-b bg-attention-soft px-4 py-1 text-ink text-xs">
          <Unplug className="size-3.5 shrink-0 text-attention" aria-hidden="true" />
          <span>
            Live updates stopped <RelativeTime at={since} />. What you see stays; the page reconnects by itself.
          </span>
        </p>
      )}
    </div>
  );
}
