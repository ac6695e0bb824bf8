import { Circle, CircleCheck, OctagonX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** The four states of health. Always icon, word and colour together; nothing else on a page is green, amber or red. */
export type HealthState = "good" | "attention" | "bad" | "unknown";

const LOOKS = {
  good: { Icon: CircleCheck, colour: "text-good" },
  attention: { Icon: TriangleAlert, colour: "text-attention" },
  bad: { Icon: OctagonX, colour: "text-bad" },
  unknown: { Icon: Circle, colour: "text-ink-3" },
} as const;

export function Health({ state, children, className }: { readonly state: HealthState; readonly children: ReactNode; readonly className?: string }) {
  const { Icon, colour } = LOOKS[state];
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap", colour, className)}>
      <Icon className="size-3.5 shrink-0" aria-hidden="true" strokeWidth={2.25} />
      {children}
    </span>
  );
}
