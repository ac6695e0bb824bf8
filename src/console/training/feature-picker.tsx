"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTRPC } from "../shell/trpc.ts";
import { Field, Select, TextInput } from "../ui/field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import type { Draft } from "./draft.ts";

interface FeaturePickerProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

export function FeaturePicker({ draft, onChange }: FeaturePickerProps) {
  return (
    <div className="space-y-3 p-4">
      <Segmented
        label="Which features"
        value={draft.choose}
        onChange={(choose) => onChange({ choose })}
        options={[
          { value: "features", text: "One by one" },
          { value: "service", text: "A service" },
        ]}
      />
      {draft.choose === "features" ? (
        <Features chosen={draft.features} onChange={(features) => onChange({ features })} />
      ) : (
        <Service value={draft.service} onChange={(service) => onChange({ service })} />
      )}
    </div>
  );
}

function Service({ value, onChange }: { readonly value: string; readonly onChange: (service: string) => void }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.catalog.list.queryOptions({ kinds: ["feature_service"], sort: "name", pageSize: 100 }));
  return (
    <Field label="Feature service">
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choose a service</option>
        {data?.rows.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function Features({ chosen, onChange }: { readonly chosen: readonly string[]; readonly onChange: (features: readonly string[]) => void }) {
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const query = { text: useDeferredValue(text), kinds: ["feature" as const], sort: "relevance" as const, pageSize: 50 };
  const { data } = useQuery(trpc.catalog.list.queryOptions(query, { placeholderData: keepPreviousData }));
  const toggle = (ref: string) => onChange(chosen.includes(ref) ? chosen.filter((one) => one !== ref) : [...chosen, ref]);
  return (
    <div className="space-y-2">
      <Field label="Find features">
        <TextInput type="search" value={text} placeholder="Name, view, description" onChange={(event) => setText(event.target.value)} />
      </Field>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <section className="h-56 overflow-y-auto rounded-lg border border-line" tabIndex={0} aria-label="Features found">
        <ul>
          {data?.rows.map(({ name, view, type, description }) => {
            const ref = `${view}:${name}`;
            return (
              <li key={ref}>
                <label className="flex min-h-8 items-center gap-2.5 px-3 py-1 text-sm hover:bg-hover">
                  <input type="checkbox" checked={chosen.includes(ref)} onChange={() => toggle(ref)} className="size-4 shrink-0 accent-[var(--accent)]" />
                  <span className="min-w-0 break-all font-mono text-xs">
                    <span className="text-ink-3">{view}:</span>
                    {name}
                  </span>
                  <span className="font-mono text-ink-3 text-xs max-sm:hidden">{type}</span>
                  <span className="min-w-0 flex-1 truncate text-ink-2 text-xs max-sm:hidden">{description}</span>
                </label>
              </li>
            );
          })}
        </ul>
        {data?.rows.length === 0 && <p className="px-3 py-6 text-center text-ink-2 text-sm">No feature matches “{text}”.</p>}
      </section>
      {chosen.length > 0 && (
        <ul className="flex flex-wrap gap-1.5" aria-label="Chosen features">
          {chosen.map((ref) => (
            <li key={ref} className="flex items-center gap-1 rounded-md border border-line bg-sunken py-0.5 pr-1 pl-2 font-mono text-xs">
              {ref}
              <button
                type="button"
                aria-label={`Leave out ${ref}`}
                onClick={() => toggle(ref)}
                className="grid size-4 place-items-center rounded text-ink-3 hover:text-ink"
              >
                <X className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
