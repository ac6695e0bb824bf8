"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useHref } from "./project.tsx";
import { keyOutcome } from "./shortcuts.ts";

const PAIR_MS = 1_200;

interface KeyboardProps {
  /** Something lies over the page, or is about to. */
  readonly isCovered: boolean;
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}

/** Listens for the keys of shortcuts.ts. Rows are whatever has a RowLink; buttons take a key by data-shortcut. */
export function Keyboard({ isCovered, onPalette, onHelp }: KeyboardProps) {
  const router = useRouter();
  const href = useHref();
  const pending = useRef<{ readonly key: string; readonly atMs: number } | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const first = pending.current && Date.now() - pending.current.atMs < PAIR_MS ? pending.current.key : null;
      pending.current = null;
      const press = { key: event.key, mod: event.metaKey || event.ctrlKey, alt: event.altKey, busy: isCovered || isBusy(event.target), pending: first };
      const outcome = keyOutcome(press);
      if (outcome.kind === "none") return;
      event.preventDefault();
      if (outcome.kind === "pending") pending.current = { key: outcome.key, atMs: Date.now() };
      else if (outcome.kind === "palette") onPalette();
      else if (outcome.kind === "help") onHelp();
      else if (outcome.kind === "go") router.push(href(outcome.path));
      else if (outcome.kind === "search") document.querySelector<HTMLElement>("[data-page-search]")?.focus();
      else if (outcome.kind === "press") document.querySelector<HTMLElement>(`[data-shortcut="${outcome.key}"]`)?.click();
      else moveRow(outcome.step);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [router, href, isCovered, onPalette, onHelp]);
  return null;
}

function isBusy(target: EventTarget | null): boolean {
  const inField = target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
  return inField || document.querySelector("[role=dialog]") !== null;
}

function moveRow(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>("[data-row-link]")].filter((link) => link.offsetParent !== null);
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at === -1 ? (step === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
