import type { ShownExpiry } from "../../trpc/index.ts";
import { formatSeconds, plural } from "../format/index.ts";
import { cn } from "../ui/cn.ts";

/** How old online rows are: a bar per span of age, those beyond the ttl striped. */
export function AgeBars({ row: { view, ages, ttlSeconds }, className }: { readonly row: ShownExpiry; readonly className?: string }) {
  const most = Math.max(1, ...ages.map(({ keys }) => keys));
  const label = (index: number) => {
    const [from, to] = [ages[index - 1]?.upToSeconds ?? 0, ages[index]?.upToSeconds ?? null];
    return to === null ? `older than ${formatSeconds(from)}` : `${formatSeconds(from)} to ${formatSeconds(to)} old`;
  };
  const filled = ages.map(({ keys }, index) => ({ keys, text: `${plural(keys, "key")} ${label(index)}` })).filter(({ keys }) => keys > 0);
  return (
    <div
      role="img"
      aria-label={`Ages of ${view}: ${filled.map(({ text }) => text).join(", ") || "no rows"}`}
      className={cn("flex h-5 items-end gap-px", className)}
    >
      {ages.map(({ upToSeconds, keys }, index) => {
        const isExpired = Boolean(ttlSeconds) && (upToSeconds === null || upToSeconds > (ttlSeconds ?? 0));
        return (
          <span key={upToSeconds ?? "rest"} title={`${plural(keys, "key")} ${label(index)}`} className="flex h-full flex-1 items-end bg-sunken">
            {keys > 0 && (
              <span
                className={cn(
                  "block w-full rounded-t-[1px]",
                  isExpired
                    ? "bg-[repeating-linear-gradient(45deg,var(--attention)_0_2px,transparent_2px_4px)] outline outline-attention -outline-offset-1"
                    : "bg-accent-solid/70",
                )}
                style={{ height: `${Math.max(8, (100 * keys) / most)}%` }}
              />
            )}
          </span>
        );
      })}
    </div>
  );
}
