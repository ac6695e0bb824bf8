"use client";
import { RadioGroup as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { RelativeTime } from "../ui/time.tsx";
import type { WindowChoice, WindowKind } from "./window-choice.ts";

interface WindowFieldsProps {
  readonly choice: WindowChoice;
  readonly onChange: (choice: WindowChoice) => void;
  /** null: it never ran; undefined: not known yet. */
  readonly lastRunAt: Date | null | undefined;
}

/** Which rows: new ones, a range, or all. */
export function WindowFields({ choice, onChange, lastRunAt }: WindowFieldsProps) {
  return (
    <Radix.Root
      aria-label="Which rows"
      value={choice.kind}
      onValueChange={(kind) => onChange({ ...choice, kind: kind as WindowKind })}
      className="overflow-hidden rounded-lg border border-line-strong"
    >
      <Choice value="incremental" title="Since the last run">
        {lastRunAt === undefined ? (
          ""
        ) : lastRunAt === null ? (
          "it never ran here, so everything is read"
        ) : (
          <>
            which was <RelativeTime at={lastRunAt} />
          </>
        )}
      </Choice>
      <Choice value="range" title="A range of event times">
        {choice.kind === "range" ? "both ends included, UTC" : ""}
      </Choice>
      {choice.kind === "range" && (
        <div className="flex flex-wrap gap-3 px-3 pt-0.5 pb-3 pl-9">
          <TimeField label="From (UTC)" value={choice.from} onChange={(from) => onChange({ ...choice, from })} />
          <TimeField label="To (UTC)" value={choice.to} onChange={(to) => onChange({ ...choice, to })} />
        </div>
      )}
      <Choice value="everything" title="Everything">
        all rows of the source, up to now
      </Choice>
    </Radix.Root>
  );
}

function Choice({ value, title, children }: { readonly value: WindowKind; readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <div className={`flex h-9 items-center gap-2.5 px-3 hover:bg-hover ${value === "incremental" ? "" : "border-line border-t"}`}>
      <Radix.Item
        id={id}
        value={value}
        className="grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-panel data-[state=checked]:border-accent-solid"
      >
        <Radix.Indicator className="size-2 rounded-full bg-accent-solid" />
      </Radix.Item>
      <label htmlFor={id} className="flex min-w-0 flex-1 items-baseline gap-2 py-2">
        <span className="whitespace-nowrap text-ink text-sm">{title}</span>
        <span className="truncate text-ink-3 text-xs">{children}</span>
      </label>
    </div>
  );
}

function TimeField({ label, value, onChange }: { readonly label: string; readonly value: string; readonly onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-ink-2 text-xs">
        {label}
      </label>
      <input
        id={id}
        type="datetime-local"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="tabular h-8 rounded-md border border-line-strong bg-panel px-2 text-ink text-sm"
      />
    </div>
  );
}
