"use client";
import { formatLocal, formatRelative, formatSeconds, formatUtc } from "../format/index.ts";
import { cn } from "./cn.ts";
import { useNow } from "./now.tsx";
import { Tooltip } from "./tooltip.tsx";

type Moment = Date | number;

/** "2 h ago"; on hover the exact moment in UTC and where the reader is. */
export function RelativeTime({ at, className }: { readonly at: Moment; readonly className?: string }) {
  const ms = Number(at);
  const text = useNow((now) => formatRelative(ms, now));
  return (
    <Tooltip content={<ExactTime ms={ms} />}>
      <time dateTime={new Date(ms).toISOString()} className={cn("tabular whitespace-nowrap", className)}>
        {text}
      </time>
    </Tooltip>
  );
}

function ExactTime({ ms }: { readonly ms: number }) {
  return (
    <span className="tabular grid grid-cols-[auto_1fr] gap-x-2">
      <span className="text-ink-3">UTC</span>
      <span>{formatUtc(ms, true)}</span>
      <span className="text-ink-3">Here</span>
      <span>{formatLocal(ms)}</span>
    </span>
  );
}

/** The exact moment in UTC as text, local time on hover. */
export function UtcTime({ at }: { readonly at: Moment }) {
  const ms = Number(at);
  return (
    <Tooltip content={<ExactTime ms={ms} />}>
      <time dateTime={new Date(ms).toISOString()} className="tabular whitespace-nowrap">
        {formatUtc(ms)}
      </time>
    </Tooltip>
  );
}

/** How long something took, or takes so far when it has no end yet. */
export function Elapsed({ from, to }: { readonly from: Moment; readonly to: Moment | null }) {
  const text = useNow((now) => {
    const seconds = Math.max(0, (Number(to ?? now) - Number(from)) / 1_000);
    return formatSeconds(to === null ? Math.floor(seconds) : seconds);
  });
  return <span className="tabular whitespace-nowrap">{text}</span>;
}
