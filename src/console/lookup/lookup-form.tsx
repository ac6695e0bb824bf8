"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Dices } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { plural } from "../format/index.ts";
import { useProject } from "../shell/project.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { formatKey, splitKeys } from "./key-text.ts";
import type { KeyChoice } from "./lookup-data.ts";
import { useRecentKeys } from "./recent-keys.ts";

interface LookupFormProps {
  readonly choices: readonly KeyChoice[];
  readonly choice: KeyChoice;
  /** The keys of the address. */
  readonly keys: readonly string[];
  readonly onEntity: (id: string) => void;
  readonly onKeys: (keys: readonly string[]) => void;
}

const FIELD = "rounded-md border border-line-strong bg-panel px-2.5 text-ink text-sm shadow-card placeholder:text-ink-3";

/** Which entity, and which keys of it; keys of this browser and real ones stand below, a click away. */
export function LookupForm({ choices, choice, keys, onEntity, onKeys }: LookupFormProps) {
  const id = useId();
  const [text, setText] = useState(keys.join("\n"));
  const shown = keys.join("\n");
  const sent = useRef(shown);
  useEffect(() => {
    if (shown !== sent.current) setText(shown); // the address changed from outside
    sent.current = shown;
  }, [shown]);
  const isSingle = choice.joinKeys.length === 0;
  const names = choice.joinKeys.map(({ name }) => name).join(",");
  const types = choice.joinKeys.map(({ name, type }) => `${name} ${type}`).join(", ");
  return (
    <form
      className="mt-4 rounded-lg border border-line bg-panel p-3 shadow-card"
      onSubmit={(event) => {
        event.preventDefault();
        onKeys(splitKeys(text));
      }}
    >
      <div className="flex flex-wrap items-start gap-3">
        <label className="block text-ink-2 text-xs" htmlFor={`${id}-entity`}>
          <span className="mb-1 block">Entity</span>
          <select id={`${id}-entity`} value={choice.id} onChange={(event) => onEntity(event.target.value)} className={`${FIELD} h-8 min-w-44`}>
            {choices.map(({ id: value, entities, views }) => (
              <option key={value} value={value}>
                {entities.join(" + ") || "no entity"} ({plural(views, "view")})
              </option>
            ))}
          </select>
        </label>
        {!isSingle && (
          <label className="block min-w-52 flex-1 text-ink-2 text-xs" htmlFor={`${id}-keys`}>
            <span className="mb-1 block">
              Keys, one a line <span className="font-mono text-ink-3">({types})</span>
            </span>
            <textarea
              id={`${id}-keys`}
              data-page-search=""
              value={text}
              rows={Math.min(6, Math.max(1, text.split("\n").length))}
              spellCheck={false}
              autoComplete="off"
              placeholder={names}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }}
              className={`${FIELD} block w-full resize-none py-1.5 font-mono leading-[18px]`}
            />
            <span className="mt-1 block text-2xs text-ink-3 max-sm:hidden">Enter looks up, Shift+Enter begins a new line.</span>
          </label>
        )}
        {!isSingle && (
          <Button look="primary" type="submit" className="mt-5" disabled={splitKeys(text).length === 0}>
            Look up
          </Button>
        )}
      </div>
      {!isSingle && <OfferedKeys choice={choice} chosen={keys} onPick={(key) => onKeys([key])} onAdd={(key) => onKeys([...keys, key])} />}
    </form>
  );
}

interface OfferedProps {
  readonly choice: KeyChoice;
  readonly chosen: readonly string[];
  readonly onPick: (key: string) => void;
  readonly onAdd: (key: string) => void;
}

const SEEDS = 1_000_000;

function OfferedKeys({ choice, chosen, onPick, onAdd }: OfferedProps) {
  const trpc = useTRPC();
  const { current } = useProject();
  const { recent } = useRecentKeys(current, choice.id);
  const [seed, setSeed] = useState(0);
  const known = useQuery(trpc.lookup.keys.queryOptions({ entities: [...choice.entities], seed }, { staleTime: 60_000, placeholderData: keepPreviousData }));
  const pick = (key: string, isMore: boolean) => (isMore && chosen.length > 0 && !chosen.includes(key) ? onAdd(key) : onPick(key));
  return (
    <div className="mt-3 space-y-1.5 text-xs">
      {recent.length > 0 && <KeyRow title="Recent" keys={recent} chosen={chosen} onPick={pick} />}
      <div className="flex items-center gap-1">
        <KeyRow title="Real keys" keys={(known.data ?? []).map(formatKey)} chosen={chosen} onPick={pick}>
          {known.isPending && <span className="text-ink-3">looking for some…</span>}
          {known.data?.length === 0 && <span className="text-ink-3">none found: nothing is online yet, and the source gave none</span>}
          {known.isError && <span className="text-ink-3">could not be read just now</span>}
        </KeyRow>
        {(known.data?.length ?? 0) > 0 && (
          <IconButton label="Offer other keys" onClick={() => setSeed((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % SEEDS)}>
            <Dices />
          </IconButton>
        )}
      </div>
    </div>
  );
}

interface KeyRowProps {
  readonly title: string;
  readonly keys: readonly string[];
  readonly chosen: readonly string[];
  readonly onPick: (key: string, isMore: boolean) => void;
  readonly children?: ReactNode;
}

function KeyRow({ title, keys, chosen, onPick, children }: KeyRowProps) {
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1">
      <span className="w-16 shrink-0 whitespace-nowrap text-ink-3">{title}</span>
      {keys.map((key) => (
        <button
          key={key}
          type="button"
          aria-pressed={chosen.includes(key)}
          title="Look it up; with Ctrl or Shift beside the others"
          onClick={(event) => onPick(key, event.ctrlKey || event.metaKey || event.shiftKey)}
          className="h-6 max-w-52 truncate rounded border border-line bg-sunken px-1.5 font-mono text-ink-2 hover:border-line-strong hover:text-ink aria-pressed:border-accent-line aria-pressed:bg-accent-soft aria-pressed:text-ink"
        >
          {key}
        </button>
      ))}
      {children}
    </div>
  );
}
