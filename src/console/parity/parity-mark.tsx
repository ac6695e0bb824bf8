import { formatCount, formatShare } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { Health, type HealthState } from "../ui/health.tsx";

type Verdict = Outputs["parity"]["view"]["verdict"];

const LOOKS: Readonly<Record<Verdict, { readonly state: HealthState; readonly text: string }>> = {
  same: { state: "good", text: "the same" },
  differs: { state: "bad", text: "differs" },
  "insufficient data": { state: "unknown", text: "too little compared" },
};

/** Whether online and offline agree, judged on the newest compared samples of the last day. */
export function ParityMark({ verdict }: { readonly verdict: Verdict }) {
  const { state, text } = LOOKS[verdict];
  return (
    <span title={verdict === "insufficient data" ? "A verdict needs 100 samples compared within a day" : undefined}>
      <Health state={state}>{text}</Health>
    </span>
  );
}

/** A mismatch rate with what it is a share of. */
export function MismatchRate({ compared, mismatches }: { readonly compared: number; readonly mismatches: number }) {
  if (compared === 0) return <span className="text-ink-3">none compared</span>;
  return (
    <span className="tabular">
      {formatShare(mismatches / compared)} <span className="text-ink-3">of {formatCount(compared)}</span>
    </span>
  );
}

interface SamplingTextProps {
  readonly sampling: { readonly rate: number; readonly rowsPerSecondMax: number; readonly isDefault: boolean };
}

export function SamplingText({ sampling: { rate, rowsPerSecondMax, isDefault } }: SamplingTextProps) {
  if (rate === 0) return <span className="text-ink-2">off</span>;
  return (
    <span className="whitespace-nowrap">
      {formatShare(rate)}
      <span className="text-ink-3">
        , ≤ {rowsPerSecondMax}/s{isDefault && ", default"}
      </span>
    </span>
  );
}
