"use client";
import dynamic from "next/dynamic";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { Toaster } from "sonner";
import { LiveProvider } from "../live/live-provider.tsx";
import { MaterializeHost } from "../materialize/materialize-host.tsx";
import { announceRunEnd } from "../materialize/run-toasts.tsx";
import { Drawer } from "./drawer.tsx";
import { Keyboard } from "./keyboard.tsx";
import { LiveBanner } from "./live-banner.tsx";
import { Sidebar } from "./sidebar.tsx";

const CommandPalette = dynamic(() => import("../palette/command-palette.tsx").then((module) => module.CommandPalette), { ssr: false });
const HelpDialog = dynamic(() => import("./help-dialog.tsx").then((module) => module.HelpDialog), { ssr: false });

interface FrameActions {
  readonly openPalette: () => void;
  readonly openSidebar: () => void;
}

const FrameContext = createContext<FrameActions>({ openPalette: () => undefined, openSidebar: () => undefined });

export function useFrame(): FrameActions {
  return useContext(FrameContext);
}

/** What stands around every page: sidebar, keys, palette, live updates, the materialize dialog, toasts. */
export function Frame({ cursor, children }: { readonly cursor: number | null; readonly children: ReactNode }) {
  const [overlay, setOverlay] = useState<"palette" | "help" | "sidebar" | null>(null);
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
        <Drawer open={overlay === "sidebar"} onClose={close}>
          <Sidebar onHelp={openHelp} onNavigate={close} />
        </Drawer>
        <div className="flex min-h-dvh flex-col md:pl-52">
          <LiveBanner />
          {children}
        </div>
        <Keyboard onPalette={togglePalette} onHelp={openHelp} />
        {overlay === "palette" && <CommandPalette onClose={close} onHelp={openHelp} />}
        {overlay === "help" && <HelpDialog open onClose={close} />}
        <MaterializeHost />
        <Toaster position="bottom-right" toastOptions={{ unstyled: true }} visibleToasts={4} containerAriaLabel="Notices" />
      </LiveProvider>
    </FrameContext>
  );
}
