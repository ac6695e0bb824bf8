"use client";
import { ToggleGroup as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: ReactNode; readonly name?: string }[];
  readonly onChange: (value: T) => void;
}

/** One of a few, side by side. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  const pick = (next: string) => {
    const option = options.find((each) => each.value === next);
    if (option) onChange(option.value);
  };
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={pick}
      className="inline-flex h-7 shrink-0 rounded-md border border-line-strong bg-sunken p-px"
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          aria-label={option.name}
          className="inline-flex items-center gap-1.5 rounded-[5px] px-2 text-ink-2 text-xs hover:text-ink data-[state=on]:bg-panel data-[state=on]:font-medium data-[state=on]:text-ink data-[state=on]:shadow-card [&_svg]:size-3.5"
        >
          {option.text}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
