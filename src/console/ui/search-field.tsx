"use client";
import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Kbd } from "./kbd.tsx";

const PAUSE_MS = 180;

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  /** Called when typing pauses. */
  readonly onChange: (text: string) => void;
}

/** The page's search; `/` goes to it, Esc empties it. */
export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // The address changed from outside (back, a link): follow it.
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    timer.current = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer.current);
  }, [text, onChange]);
  return (
    <div className="relative min-w-0 flex-1 basis-full sm:max-w-80 sm:basis-auto">
      <Search className="pointer-events-none absolute top-2 left-2.5 size-3.5 text-ink-3" aria-hidden="true" />
      <input
        type="search"
        data-page-search=""
        aria-label={label}
        placeholder={placeholder}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={({ relatedTarget }) => {
          // On the way to another page: a new address of this one would call the reader back.
          if (relatedTarget instanceof HTMLAnchorElement) clearTimeout(timer.current);
        }}
        onKeyDown={(event) => event.key === "Escape" && (text === "" ? event.currentTarget.blur() : setText(""))}
        className="h-8 w-full rounded-md border border-line-strong bg-panel pr-8 pl-8 text-ink text-sm shadow-card placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
      />
      <span className="absolute inset-y-0 right-2 flex items-center">
        {text === "" ? (
          <span className="max-sm:hidden">
            <Kbd>/</Kbd>
          </span>
        ) : (
          <button
            type="button"
            aria-label="Clear the search"
            onClick={() => setText("")}
            className="grid size-4.5 place-items-center rounded text-ink-3 hover:text-ink"
          >
            <X className="size-3.5" />
          </button>
        )}
      </span>
    </div>
  );
}
