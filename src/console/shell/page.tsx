"use client";
import { ChevronRight, Menu as MenuIcon, Search } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Kbd } from "../ui/kbd.tsx";
import { AppLink } from "../ui/link.tsx";
import { useFrame } from "./frame-actions.ts";

export interface Crumb {
  readonly text: string;
  readonly href?: string;
}

interface PageProps {
  /** From the place down to this page; the last one is this page. */
  readonly crumbs: readonly Crumb[];
  readonly children: ReactNode;
}

/** One page in the frame: the bar with the breadcrumb on top, the page below. */
export function Page({ crumbs, children }: PageProps) {
  const { openPalette, openSidebar } = useFrame();
  return (
    <>
      <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-line border-b bg-ground/90 px-4 backdrop-blur-sm sm:px-6">
        <Button look="ghost" size="icon" aria-label="Places" className="-ml-2 md:hidden" onClick={openSidebar}>
          <MenuIcon />
        </Button>
        <Breadcrumb crumbs={crumbs} />
        <button
          type="button"
          onClick={openPalette}
          className="flex h-7 shrink-0 items-center gap-2 rounded-md border border-line bg-panel pr-1 pl-2 text-ink-3 text-xs shadow-card hover:border-line-strong hover:text-ink-2 max-sm:pr-2"
        >
          <Search className="size-3.5" aria-hidden="true" />
          <span className="max-sm:sr-only">Find anything</span>
          <span className="max-sm:hidden" aria-hidden="true">
            <Kbd>⌘K</Kbd>
          </span>
        </button>
      </header>
      <main id="main" className="mx-auto w-full max-w-[1360px] flex-1 px-4 py-5 sm:px-6">
        {children}
      </main>
    </>
  );
}

function Breadcrumb({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex items-center gap-1 text-sm">
        {crumbs.map(({ text, href }, index) => {
          const isLast = index === crumbs.length - 1;
          return (
            <li key={text} className={cn("flex items-center gap-1", isLast ? "min-w-0" : "shrink-0")}>
              {index > 0 && <ChevronRight className="size-3.5 shrink-0 text-ink-3" aria-hidden="true" />}
              {href && !isLast ? (
                <AppLink href={href} className="rounded px-1 text-ink-2 hover:text-ink">
                  {text}
                </AppLink>
              ) : (
                <span className="truncate px-1 font-medium text-ink" aria-current={isLast ? "page" : undefined}>
                  {text}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

interface PageTitleProps {
  readonly title: ReactNode;
  /** What kind of thing it is, after the title. */
  readonly kind?: ReactNode;
  readonly description?: ReactNode;
  readonly facts?: ReactNode;
  readonly actions?: ReactNode;
}

/** The head of an object's page: its name, what it is, the facts that decide, and what can be done. */
export function PageTitle({ title, kind, description, facts, actions }: PageTitleProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h1 className="min-w-0 break-words font-semibold text-ink text-xl tracking-tight">{title}</h1>
          {kind && <span className="min-w-0 text-ink-2 text-sm [overflow-wrap:anywhere]">{kind}</span>}
        </div>
        {description && <p className="mt-0.5 max-w-prose text-ink-2 text-sm [overflow-wrap:anywhere]">{description}</p>}
        {facts && <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">{facts}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
