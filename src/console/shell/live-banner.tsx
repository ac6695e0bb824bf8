"use client";
import { useQuery } from "@tanstack/react-query";
import { Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { useLiveState } from "../live/live-provider.tsx";
import { useNow } from "../ui/now.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { useTRPC } from "./trpc.ts";

const PATIENCE_MS = 5_000;
const ASK_EVERY_MS = 10_000;

/** Says calmly what does not answer just now; a short break is not worth a word. */
export function LiveBanner() {
  const trpc = useTRPC();
  const state = useLiveState();
  const since = state.kind === "lost" ? state.sinceMs : null;
  const isLong = useNow((now) => since !== null && now - since > PATIENCE_MS);
  const info = useQuery(trpc.system.info.queryOptions(undefined, { refetchInterval: ASK_EVERY_MS }));
  const isServing = info.isError || info.data?.isServing !== false;
  return (
    <div role="status">
      {since !== null && isLong ? (
        <Line>
          Live updates stopped <RelativeTime at={since} />. What you see stays; the page reconnects by itself.
        </Line>
      ) : (
        !isServing && <Line>The serving process does not answer: features cannot be read online just now. Everything else works on.</Line>
      )}
    </div>
  );
}

function Line({ children }: { readonly children: ReactNode }) {
  return (
    <p className="flex min-h-8 items-center gap-2 border-line border-b bg-attention-soft px-4 py-1 text-ink text-xs">
      <Unplug className="size-3.5 shrink-0 text-attention" aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}
