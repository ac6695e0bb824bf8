import type { ShownFreshness } from "../../trpc/index.ts";
import { Health, type HealthState } from "../ui/health.tsx";

type State = ShownFreshness["state"];

const HEALTH: Readonly<Record<State, HealthState>> = { "on time": "good", "at risk": "attention", late: "bad", unknown: "unknown" };

/** How timely a view is: icon, word and colour together. */
export function TimelinessMark({ state, className }: { readonly state: State; readonly className?: string }) {
  return (
    <Health state={HEALTH[state]} {...(className && { className })}>
      {state}
    </Health>
  );
}
