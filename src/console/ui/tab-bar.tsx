"use client";
import { useRef } from "react";
import { cn } from "./cn.ts";

interface TabBarProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly value: T; readonly text: string; readonly count?: number | undefined }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** Tabs of a page; arrows move between them. The panel is the caller's, with tabPanelProps. */
export function TabBar<T extends string>({ label, tabs, value, onChange }: TabBarProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const move = (step: number) => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next.value);
    list.current?.querySelector<HTMLElement>(`#tab-${next.value}`)?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      className="-mx-4 flex gap-1 overflow-x-auto border-line border-b px-4 [scrollbar-width:none] sm:-mx-6 sm:px-6"
    >
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          id={`tab-${tab.value}`}
          aria-selected={tab.value === value}
          aria-controls="tab-panel"
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
          onKeyDown={(event) => {
            if (event.key === "ArrowRight") move(1);
            if (event.key === "ArrowLeft") move(-1);
          }}
          className={cn(
            "-mb-px flex h-9 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 px-2.5 text-ink-2 text-sm hover:text-ink",
            "aria-selected:border-accent-solid aria-selected:font-medium aria-selected:text-ink",
          )}
        >
          {tab.text}
          {tab.count !== undefined && <span className="tabular text-ink-3 text-xs">{tab.count}</span>}
        </button>
      ))}
    </div>
  );
}

export function tabPanelProps(value: string) {
  return { role: "tabpanel", id: "tab-panel", "aria-labelledby": `tab-${value}`, tabIndex: 0, className: "pt-4 outline-offset-4" } as const;
}
