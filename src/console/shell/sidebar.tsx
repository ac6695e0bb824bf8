"use client";
import { useQuery } from "@tanstack/react-query";
import { Keyboard as KeyboardIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { useLiveState } from "../live/live-provider.tsx";
import { cn } from "../ui/cn.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { AppLink } from "../ui/link.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { Logo } from "./logo.tsx";
import { isPlaceOf, PLACES } from "./places.ts";
import { ProjectMenu } from "./project-menu.tsx";
import { ThemeMenu } from "./theme-menu.tsx";
import { useTRPC } from "./trpc.ts";

interface SidebarProps {
  readonly onHelp: () => void;
  readonly onNavigate?: () => void;
}

export function Sidebar({ onHelp, onNavigate }: SidebarProps) {
  const pathname = usePathname();
  return (
    <div className="flex h-full flex-col bg-sidebar">
      <div className="flex h-12 items-center gap-2.5 px-4">
        <Logo className="size-6 shrink-0" />
        <div className="min-w-0 leading-4">
          <p className="font-semibold text-ink text-sm">Larder</p>
          <ProjectMenu />
        </div>
      </div>
      <nav aria-label="Places" className="flex-1 overflow-y-auto px-2 py-2">
        <ul className="space-y-px">
          {PLACES.map((place) => (
            <li key={place.path}>
              <AppLink
                href={place.path}
                onClick={onNavigate}
                aria-current={isPlaceOf(place, pathname) ? "page" : undefined}
                className={cn(
                  "flex h-7 items-center gap-2.5 rounded-md px-2 text-ink-2 text-sm hover:bg-hover hover:text-ink",
                  "aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink",
                )}
              >
                <place.icon className="size-3.5 shrink-0" aria-hidden="true" />
                <span className="flex-1">{place.text}</span>
                {place.path === "/runs" && <ActiveRuns />}
              </AppLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="flex h-11 items-center gap-0.5 border-line border-t px-2">
        <LiveSign />
        <span className="flex-1" />
        <IconButton label="Keys" hint="Keys (?)" onClick={onHelp}>
          <KeyboardIcon />
        </IconButton>
        <ThemeMenu />
      </div>
    </div>
  );
}

function ActiveRuns() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.run.list.queryOptions({ states: ["queued", "running"], pageSize: 1 }));
  if (!data || data.total === 0) return null;
  return (
    <span className="tabular rounded-full bg-accent-soft px-1.5 text-2xs text-accent" title={`${data.total} active`}>
      {data.total}
      <span className="sr-only"> active</span>
    </span>
  );
}

const SIGNS = {
  live: { text: "Live", dot: "bg-ink-3", hint: "This page follows what happens, without a reload." },
  paused: { text: "Paused", dot: "bg-line-strong", hint: "Live updates rest while nobody looks at this tab." },
  lost: { text: "Reconnecting", dot: "animate-shimmer bg-ink-3", hint: "Live updates are cut off. Figures may be behind until the connection is back." },
} as const;

function LiveSign() {
  const { text, dot, hint } = SIGNS[useLiveState().kind];
  return (
    <Tooltip content={hint}>
      <span className="flex items-center gap-2 px-2 text-ink-3 text-xs">
        <span className={cn("size-1.5 rounded-full", dot)} aria-hidden="true" />
        {text}
      </span>
    </Tooltip>
  );
}
