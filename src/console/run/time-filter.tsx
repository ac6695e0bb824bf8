"use client";
import { CalendarClock, X } from "lucide-react";
import { formatUtc } from "../format/index.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";

interface TimeFilterProps {
  readonly from: Date | null;
  readonly to: Date | null;
  readonly onChange: (change: { readonly from: Date | null; readonly to: Date | null }) => void;
}

const HOUR_MS = 3_600_000;
const LAST = [
  { text: "Last hour", ms: HOUR_MS },
  { text: "Last 24 hours", ms: 24 * HOUR_MS },
  { text: "Last 7 days", ms: 168 * HOUR_MS },
  { text: "Last 30 days", ms: 720 * HOUR_MS },
] as const;

/** When: since a while ago, or between two moments. The address holds moments, so that a colleague sees the same runs. */
export function TimeFilter({ from, to, onChange }: TimeFilterProps) {
  const isSet = from !== null || to !== null;
  return (
    <>
      <Menu
        trigger={
          <Button>
            <CalendarClock aria-hidden="true" />
            <span className="max-w-56 truncate">{isSet && from && !to ? `Since ${formatUtc(Number(from)).slice(0, 16)}` : isSet ? "Between" : "Any time"}</span>
          </Button>
        }
      >
        {LAST.map(({ text, ms }) => (
          <MenuItem key={text} onSelect={() => onChange({ from: new Date(Math.floor((Date.now() - ms) / 60_000) * 60_000), to: null })}>
            {text}
          </MenuItem>
        ))}
        <MenuItem onSelect={() => onChange({ from: from ?? new Date(startOfDay()), to: to ?? new Date(startOfDay() + 24 * HOUR_MS) })}>
          Between two moments
        </MenuItem>
      </Menu>
      {to !== null && (
        <span className="flex flex-wrap items-center gap-1.5 text-ink-2 text-xs">
          <Moment label="From (UTC)" value={from} onChange={(next) => onChange({ from: next, to })} />
          –
          <Moment label="To (UTC)" value={to} onChange={(next) => onChange({ from, to: next ?? to })} />
          UTC
        </span>
      )}
      {isSet && (
        <IconButton label="Any time" onClick={() => onChange({ from: null, to: null })}>
          <X />
        </IconButton>
      )}
    </>
  );
}

function Moment({ label, value, onChange }: { readonly label: string; readonly value: Date | null; readonly onChange: (value: Date | null) => void }) {
  return (
    <input
      type="datetime-local"
      aria-label={label}
      value={value ? value.toISOString().slice(0, 16) : ""}
      onChange={({ target }) => onChange(target.value === "" ? null : new Date(`${target.value}Z`))}
      className="tabular h-8 rounded-md border border-line-strong bg-panel px-2 text-ink text-xs"
    />
  );
}

function startOfDay(): number {
  return Math.floor(Date.now() / (24 * HOUR_MS)) * 24 * HOUR_MS;
}
