import type { ReactNode } from "react";
import type { MaterializeReceipt } from "../../trpc/index.ts";
import { formatBytes, formatCount, formatRate, formatSeconds, plural } from "../format/index.ts";
import { Health } from "../ui/health.tsx";
import { UtcTime } from "../ui/time.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { RunChecks } from "./run-checks.tsx";

/** What a finished materialize did. */
export function RunReceipt({ receipt }: { readonly receipt: MaterializeReceipt }) {
  return (
    <div className="space-y-4">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3">
        <Figure term="Rows read" value={formatCount(receipt.rowsRead)} />
        <Figure term="Keys" value={formatCount(receipt.keys)} note={formatBytes(receipt.bytes)} />
        <Figure term="Written" value={formatCount(receipt.written)} note="new or newer online now" />
        <Figure term="Unchanged" value={formatCount(receipt.unchanged)} note="the store had the same row" />
        <Figure term="Skipped, older" value={formatCount(receipt.skippedOlder)} note="the store had a newer row" />
        <Figure term="Rejected" value={formatCount(receipt.rejected)} note={receipt.rejected === 0 ? "every row fits" : "reasons below"} />
      </dl>
      <Verdict receipt={receipt} />
      <RunChecks checks={receipt.checks} />
      {receipt.rejections.length > 0 && <Rejections receipt={receipt} />}
      <Phases receipt={receipt} />
      <p className="text-ink-2 text-xs">
        Read {receipt.windowNote}, from {receipt.start === null ? "the beginning" : <UtcTime at={Date.parse(receipt.start)} />} to{" "}
        <UtcTime at={Date.parse(receipt.end)} />, into {receipt.store} as version {receipt.version}
        {receipt.newestEvent && (
          <>
            ; newest event <UtcTime at={Date.parse(receipt.newestEvent)} />
          </>
        )}
        .
      </p>
    </div>
  );
}

function Figure({ term, value, note }: { readonly term: string; readonly value: string; readonly note?: ReactNode }) {
  return (
    <div className="bg-panel px-3 py-2">
      <dt className="text-ink-2 text-xs">{term}</dt>
      <dd className="tabular font-medium text-base text-ink">{value}</dd>
      <dd className="min-h-4 truncate text-2xs text-ink-3">{note}</dd>
    </div>
  );
}

function Verdict({ receipt }: { readonly receipt: MaterializeReceipt }) {
  if (receipt.keys === 0) return <Health state="good">Nothing to do: no row in this window is newer than what is online.</Health>;
  const same = receipt.checksumOffline === receipt.checksumOnline;
  const basis = (
    <span className="font-mono">
      offline {receipt.checksumOffline}
      <br />
      online {receipt.checksumOnline}
    </span>
  );
  return (
    <Tooltip content={basis}>
      <button type="button" className="cursor-help rounded text-left">
        <Health state={same ? "good" : "bad"} className="whitespace-normal font-medium">
          {same ? "Offline = online, checksums agree" : "Offline and online differ: their checksums do not agree"}
        </Health>
      </button>
    </Tooltip>
  );
}

function Rejections({ receipt }: { readonly receipt: MaterializeReceipt }) {
  return (
    <div>
      <h3 className="font-medium text-ink text-sm">{plural(receipt.rejected, "rejected row")}, by reason</h3>
      <ul className="mt-1 divide-y divide-line rounded-lg border border-line">
        {receipt.rejections.map(({ reason, count }) => (
          <li key={reason} className="flex items-baseline justify-between gap-4 px-3 py-1.5 text-sm">
            <span className="min-w-0 break-words text-ink">{reason}</span>
            <span className="tabular text-ink-2">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const PHASES = [
  { key: "staging", text: "read", look: "bg-accent-solid" },
  { key: "writing", text: "write", look: "bg-accent-solid/60" },
  { key: "verifying", text: "verify", look: "bg-accent-solid/30" },
] as const;

/** Seconds by phase as one bar, with the same figures as text. */
function Phases({ receipt }: { readonly receipt: MaterializeReceipt }) {
  const spent = PHASES.reduce((sum, { key }) => sum + receipt.phases[key], 0);
  return (
    <div>
      <div className="flex h-1.5 gap-0.5 overflow-hidden rounded-full bg-pressed" aria-hidden="true">
        {spent > 0 && PHASES.map(({ key, look }) => <span key={key} className={look} style={{ width: `${(receipt.phases[key] / spent) * 100}%` }} />)}
      </div>
      <p className="tabular mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2 text-xs">
        <span className="font-medium text-ink">{formatSeconds(receipt.seconds)} in all</span>
        {PHASES.map(({ key, text, look }) => (
          <span key={key} className="flex items-center gap-1.5">
            <span className={`size-2 rounded-full ${look}`} aria-hidden="true" />
            {text} {formatSeconds(receipt.phases[key])}
          </span>
        ))}
        {receipt.keys > 0 && receipt.seconds > 0 && <span>{formatRate(receipt.keys / receipt.seconds).replace("/s", " keys/s")}</span>}
      </p>
    </div>
  );
}
