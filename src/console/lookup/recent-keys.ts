"use client";
import { useCallback, useSyncExternalStore } from "react";

const KEPT = 8;
const NONE: readonly string[] = [];
const CHANGED = "larder:recent-keys";
const cache = new Map<string, { readonly text: string; readonly keys: readonly string[] }>();

/** Keys that were looked up in this browser, newest first; they never leave it. */
export function useRecentKeys(
  project: string | null,
  set: string,
): { readonly recent: readonly string[]; readonly remember: (keys: readonly string[]) => void } {
  const slot = `larder:lookup:${project ?? ""}:${set}`;
  const recent = useSyncExternalStore(
    subscribe,
    useCallback(() => read(slot), [slot]),
    () => NONE,
  );
  const remember = useCallback(
    (keys: readonly string[]) => {
      const all = [...new Set([...keys, ...read(slot)])].slice(0, KEPT);
      try {
        window.localStorage.setItem(slot, JSON.stringify(all));
      } catch {
        return; // storage is full or forbidden: nothing is remembered
      }
      window.dispatchEvent(new Event(CHANGED));
    },
    [slot],
  );
  return { recent, remember };
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener(CHANGED, onChange);
  window.addEventListener("storage", onChange);
  return () => {
    window.removeEventListener(CHANGED, onChange);
    window.removeEventListener("storage", onChange);
  };
}

/** The same list as long as the same text is stored. */
function read(slot: string): readonly string[] {
  try {
    const text = window.localStorage.getItem(slot);
    if (text === null) return NONE;
    const known = cache.get(slot);
    if (known?.text === text) return known.keys;
    const parsed: unknown = JSON.parse(text);
    const keys = Array.isArray(parsed) ? parsed.filter((key): key is string => typeof key === "string") : NONE;
    cache.set(slot, { text, keys });
    return keys;
  } catch {
    return NONE;
  }
}
