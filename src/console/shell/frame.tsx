"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import type { ShownRun } from "../../trpc/index.ts";
import { LiveProvider } from "../live/live-provider.tsx";
import { MaterializeHost } from "../materialize/materialize-host.tsx";
import { loadToasts } from "../ui/toasts.ts";
import { FrameContext } from "./frame-actions.ts";
import { Keyboard } from "./keyboard.tsx";
import { LiveBanner } from "./live-banner.tsx";
import { ProjectGate } from "./project-gate.tsx";
import { Sidebar } from "./sidebar.tsx";

const loadPalette = () => import("../palette/command-palette.tsx").then((module) => module.CommandPalette);
const CommandPalette = dynamic(loadPalette, { ssr: false });
const Toaster = dynamic(() => loadToasts().then((module) => module.Toaster), { ssr: false });
const Drawer = dynamic(() => import("./drawer.tsx").then((module) => module.Drawer), { ssr: false });
const HelpDialog = dynamic(() => import("./help-dialog.tsx").then((module) => module.HelpDialog), { ssr: false });

const announceRunEnd = (run: ShownRun) => void import("../materialize/run-toasts.tsx").then((module) => module.announceRunEnd(run));

const PALETTE_AFTER_MS = 1_500;

/** What stands around every page: sidebar, keys, palette, live updates, the materialize dialog, toasts. */
export function Frame({ cursor, children }: { readonly cursor: number | null; readonly children: ReactNode }) {
  const [overlay, setOverlay] = useState<"palette" | "help" | "sidebar" | null>(null);
  // Fetched once the page stands, so that it opens at the press of its keys.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), PALETTE_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const close = useCallback(() => setOverlay(null), []);
  const openHelp = useCallback(() => setOverlay("help"), []);
  const togglePalette = useCallback(() => setOverlay((now) => (now === "palette" ? null : "palette")), []);
  const actions = useMemo(() => ({ openPalette: () => setOverlay("palette"), openSidebar: () => setOverlay("sidebar") }), []);
  return (
    <FrameContext value={actions}>
      <LiveProvider cursor={cursor} onRunEnded={announceRunEnd}>
        <a href="#main" className="sr-only z-50 rounded-md bg-raised px-3 py-1.5 focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
          Skip to the page
        </a>
        <aside className="fixed inset-y-0 left-0 z-20 w-52 border-line border-r max-md:hidden">
          <Sidebar onHelp={openHelp} />
        </aside>
        {overlay === "sidebar" && (
          <Drawer open onClose={close}>
            <Sidebar onHelp={openHelp} onNavigate={close} />
          </Drawer>
        )}
        <div className="flex min-h-dvh flex-col md:pl-52">
          <LiveBanner />
          <ProjectGate>{children}</ProjectGate>
        </div>
        <Keyboard isCovered={overlay !== null} onPalette={togglePalette} onHelp={openHelp} />
        {overlay === "palette" && <CommandPalette onClose={close} onHelp={openHelp} />}
        {overlay === "help" && <HelpDialog open onClose={close} />}
        <MaterializeHost />
        <Toaster position="bottom-right" toastOptions={{ unstyled: true }} visibleToasts={4} containerAriaLabel="Notices" />
      </LiveProvider>
    </FrameContext>
  );
}
