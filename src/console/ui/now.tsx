"use client";
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";

interface Ticker {
  readonly now: () => number;
  readonly subscribe: (onTick: () => void) => () => void;
}

const TICK_MS = 1_000;
const NowContext = createContext<{ readonly ticker: Ticker; readonly initial: number } | null>(null);

/** One clock for all relative times of the page: it starts at the server's time, so that server and browser render the same first. */
export function NowProvider({ initial, children }: { readonly initial: number; readonly children: ReactNode }) {
  const value = useMemo(() => ({ ticker: makeTicker(initial), initial }), [initial]);
  return <NowContext value={value}>{children}</NowContext>;
}

/** What `select` makes of the time now (ms since 1970), looked at every second; renders only when its answer changes. */
export function useNow<T extends string | number | boolean>(select: (nowMs: number) => T): T {
  const context = useContext(NowContext);
  if (!context) throw new Error("useNow needs a NowProvider above it");
  const { ticker, initial } = context;
  return useSyncExternalStore(
    ticker.subscribe,
    () => select(ticker.now()),
    () => select(initial),
  );
}

function makeTicker(initial: number): Ticker {
  let now = initial;
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    now: () => now,
    subscribe(onTick) {
      listeners.add(onTick);
      timer ??= setInterval(tick, TICK_MS);
      return () => {
        listeners.delete(onTick);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}
