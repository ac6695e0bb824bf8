"use client";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { Page, PageTitle } from "../shell/page.tsx";
import { cn } from "../ui/cn.ts";
import { AppLink } from "../ui/link.tsx";

const PARTS = [
  { path: "/monitoring", text: "Now" },
  { path: "/monitoring/freshness", text: "Freshness" },
  { path: "/monitoring/drift", text: "Drift" },
  { path: "/monitoring/ttl", text: "TTL staleness" },
  { path: "/monitoring/quality", text: "Quality" },
  { path: "/monitoring/parity", text: "Parity" },
  { path: "/incidents", text: "Incidents" },
  { path: "/monitoring/alerts", text: "Alerts" },
] as const;

interface MonitorFrameProps {
  readonly title: string;
  readonly description: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The pages of the monitor, side by side. */
export function MonitorFrame({ title, description, actions, children }: MonitorFrameProps) {
  const pathname = usePathname();
  const here = PARTS.find(({ path }) => path === pathname)?.path;
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest", inline: "center" }); // newer browsers answer with a promise: no business of React's
  }, []);
  const crumbs = here === "/monitoring" ? [{ text: "Monitoring" }] : [{ text: "Monitoring", href: "/monitoring" }, { text: title }];
  return (
    <Page crumbs={crumbs}>
      <PageTitle title={title} description={description} actions={actions} />
      <nav aria-label="Parts of monitoring" className="-mx-4 mt-4 flex gap-1 overflow-x-auto border-line border-b px-4 [scrollbar-width:none] sm:-mx-6 sm:px-6">
        {PARTS.map(({ path, text }) => (
          <AppLink
            key={path}
            href={path}
            {...(path === here && { ref: current })}
            aria-current={path === here ? "page" : undefined}
            className={cn(
              "-mb-px flex h-9 items-center whitespace-nowrap border-transparent border-b-2 px-2.5 text-ink-2 text-sm hover:text-ink",
              "aria-[current=page]:border-accent-solid aria-[current=page]:font-medium aria-[current=page]:text-ink",
            )}
          >
            {text}
          </AppLink>
        ))}
      </nav>
      <div className="space-y-4 pt-4">{children}</div>
    </Page>
  );
}
