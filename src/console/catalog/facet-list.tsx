"use client";
import { useState } from "react";
import { formatCount, formatCountShort } from "../format/index.ts";

interface FacetListProps {
  readonly title: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly chosen: readonly string[];
  readonly wordOf?: ((value: string) => string) | undefined;
  readonly onToggle: (value: string) => void;
}

const SHOWN = 6;

/** The values of one facet with how much each would leave; what is chosen stays in sight, also when it leaves nothing. */
export function FacetList({ title, values, chosen, wordOf = (value) => value, onToggle }: FacetListProps) {
  const [isWhole, setWhole] = useState(false);
  const gone = chosen.filter((value) => !values.some((each) => each.value === value)).map((value) => ({ value, count: 0 }));
  const all = [...values, ...gone];
  const shown = isWhole ? all : all.filter(({ value }, index) => index < SHOWN || chosen.includes(value));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium text-ink-2 text-xs">{title}</legend>
      {shown.map(({ value, count }) => (
        <label key={value} className="flex h-6.5 cursor-pointer items-center gap-2 rounded px-1 text-ink text-xs hover:bg-hover has-[:focus-visible]:bg-hover">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} className="size-3.5 shrink-0 accent-accent-solid" />
          <span className="min-w-0 flex-1 truncate" title={wordOf(value)}>
            {wordOf(value)}
          </span>
          <span className="tabular text-ink-3" title={`${formatCount(count)} would be left`}>
            {formatCountShort(count)}
          </span>
        </label>
      ))}
      {all.length > SHOWN && (
        <button type="button" onClick={() => setWhole(!isWhole)} className="mt-0.5 ml-1 rounded text-accent text-xs hover:underline">
          {isWhole ? "Fewer" : `${all.length - SHOWN} more`}
        </button>
      )}
    </fieldset>
  );
}
