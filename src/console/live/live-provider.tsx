"use client";
import { skipToken, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ShownRun } from "../../trpc/index.ts";
import { useProject } from "../shell/project.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { applyMessage } from "./apply-message.ts";
import { useIsVisible } from "./visibility.ts";

/** live: what moves is shown as it moves. lost: since then figures stand still. paused: nobody looks. */
export type LiveState = { readonly kind: "live" } | { readonly kind: "paused" } | { readonly kind: "lost"; readonly sinceMs: number };

const LiveContext = createContext<LiveState>({ kind: "paused" });
const RESTART_MS = 5_000;

export function useLiveState(): LiveState {
  return useContext(LiveContext);
}

interface LiveProviderProps {
  /** The newest event when the server read the page's data; null: unknown, follow from now. */
  readonly cursor: number | null;
  readonly onRunEnded: (run: ShownRun) => void;
  readonly children: ReactNode;
}

/** The one subscription of this tab, held only while it is visible and resumed after the last event seen. */
export function LiveProvider({ cursor, onRunEnded, children }: LiveProviderProps) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { current, isKnown } = useProject();
  const isSeen = useIsVisible();
  // Without a project there is nothing to follow.
  const visible = isSeen && (current !== null || !isKnown);
  const seen = useRef(cursor);
  // Fixed while visible: a new input would open a new connection.
  const input = useMemo(() => (visible ? { lastEventId: seen.current } : skipToken), [visible]);
  const { status, reset } = useSubscription(
    trpc.live.follow.subscriptionOptions(input, {
      onData: ({ id, data }) => {
        seen.current = Number(id);
        applyMessage(client, trpc, data);
        if (data.kind === "run" && data.event.type === "state" && data.run?.finishedAt) onRunEnded(data.run);
      },
    }),
  );
  useEffect(() => {
    if (status !== "error") return;
    const timer = setTimeout(reset, RESTART_MS);
    return () => clearTimeout(timer);
  }, [status, reset]);
  const state = useLostSince(visible, status === "pending");
  const isLost = state.kind === "lost";
  const wasLost = useRef(false);
  useEffect(() => {
    // What could not be shown meanwhile is asked for again; what is shown is brought up to date by the events that were missed.
    if (wasLost.current && !isLost) void client.refetchQueries({ type: "active", predicate: (query) => query.state.status === "error" });
    wasLost.current = isLost;
  }, [isLost, client]);
  return <LiveContext value={state}>{children}</LiveContext>;
}

function useLostSince(visible: boolean, connected: boolean): LiveState {
  const [lostAt, setLostAt] = useState<number | null>(null);
  useEffect(() => setLostAt(visible && !connected ? Date.now() : null), [visible, connected]);
  return useMemo<LiveState>(() => {
    if (!visible) return { kind: "paused" };
    return lostAt === null || connected ? { kind: "live" } : { kind: "lost", sinceMs: lostAt };
  }, [visible, connected, lostAt]);
}
