import type { ShownDay } from "../../trpc/index.ts";
import { Health, type HealthState } from "../ui/health.tsx";

const HEALTH = { good: "good", bad: "bad", "insufficient data": "unknown" } as const satisfies Record<ShownDay["state"], HealthState>;
const WORDS = { good: "as usual", bad: "not as it should be", "insufficient data": "too little history" } as const satisfies Record<ShownDay["state"], string>;

/** The verdict on a day. */
export function QualityMark({ state }: Pick<ShownDay, "state">) {
  return <Health state={HEALTH[state]}>{WORDS[state]}</Health>;
}
