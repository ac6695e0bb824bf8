import { cn } from "../ui/cn.ts";
import { RelativeTime } from "../ui/time.tsx";

const NAMED_MAX = 3;

interface SinceWhoseProps {
  readonly since: Date | null;
  readonly team: string | null;
  readonly owner: string | null;
  readonly services: readonly string[];
}

/** "since 2 d ago · team fleet · hits driver_activity": since when, who owns it, and who is hit. */
export function SinceWhose({ since, team, owner, services }: SinceWhoseProps) {
  const others = services.length - NAMED_MAX;
  return (
    <>
      {since && (
        <>
          since <RelativeTime at={since} /> ·{" "}
        </>
      )}
      {team ? `team ${team}` : (owner ?? "nobody's")}
      {services.length > 0 && (
        <span title={services.join(", ")}>
          {" "}
          · hits {services.slice(0, NAMED_MAX).join(", ")}
          {others > 0 && ` and ${others} more`}
        </span>
      )}
    </>
  );
}

/** The owner in a table: team before person, however long its name. */
export function OwnerName({ team, owner, className }: Pick<SinceWhoseProps, "team" | "owner"> & { readonly className?: string }) {
  const name = team ?? owner;
  if (name === null) return <span className="text-ink-3">nobody</span>;
  return (
    <span className={cn("block max-w-40 truncate text-ink-2", className)} title={name}>
      {name}
    </span>
  );
}
