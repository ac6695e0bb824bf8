import type { ShownWindow } from "../../trpc/index.ts";
import { Health, type HealthState } from "../ui/health.tsx";

export type Verdict = ShownWindow["verdict"];

const HEALTH: Readonly<Record<Verdict, HealthState>> = { drift: "bad", watch: "attention", stable: "good", "insufficient data": "unknown" };

/** What a verdict means, in a sentence. */
export const MEANING: Readonly<Record<Verdict, string>> = {
  drift: "The values have moved, beyond chance and far enough to matter.",
  watch: "The values have moved beyond chance, too little to matter.",
  stable: "The values are like those of the baseline, as far as these rows can tell.",
  "insufficient data": "Too few rows on either side to be judged; the scores are shown all the same.",
};

/** The verdict on a feature: icon, word and colour together. */
export function VerdictMark({ verdict, className }: { readonly verdict: Verdict; readonly className?: string }) {
  return (
    <Health state={HEALTH[verdict]} {...(className && { className })}>
      {verdict}
    </Health>
  );
}
