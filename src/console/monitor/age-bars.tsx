import type { ShownExpiry } from "../../trpc/index.ts";
import { formatSeconds, plural } from "../format/index.ts";
import { cn } from "../ui/cn.ts";

type Ages = ShownExpiry["ages"];

/** "21 h to 1 d 18 h old". */
export function spanText(ages: Ages, index: number): string {
  const [from, to] = [ages[index - 1]?.upToSeconds ?? 0, ages[index]?.upToSeconds ?? null];
  return to === null ? `older than ${formatSeconds(from)}` : `${formatSeconds(from)} to ${formatSeconds(to)} old`;
}

export function isBeyondTtl({ ages, ttlSeconds }: Pick<ShownExpiry, "ages" | "ttlSeconds">, index: number): boolean {
  const upTo = ages[index]?.upToSeconds ?? null;
  return Boolean(ttlSeconds) && (upTo === null || upTo > (ttlSeconds ?? 0));
}

/** How old online rows are: a bar per span of age, those beyond the ttl striped. */
export function AgeBars({ row, className }: { readonly row: ShownExpiry; readonly className?: string }) {
  const { view, ages } = row;
  const most = Math.max(1, ...ages.map(({ keys }) => keys));
  const filled = ages.map(({ keys }, index) => ({ keys, text: `${plural(keys, "key")} ${spanText(ages, index)}` })).filter(({ keys }) => keys > 0);
  return (
    <div
      role="img"
      aria-label={`Ages of ${view}: ${filled.map(({ text }) => text).join(", ") || "no rows"}`}
      className={cn("flex h-5 items-end gap-px", className)}
    >
      {ages.map(({ upToSeconds, keys }, index) => (
        <span key={upToSeconds ?? "rest"} title={`${plural(keys, "key")} ${spanText(ages, index)}`} className="flex h-full flex-1 items-end bg-sunken">
          {keys > 0 && (
            <span
              className={cn("block w-full rounded-t-[1px]", isBeyondTtl(row, index) ? "bg-striped-attention" : "bg-accent-solid/70")}
              style={{ height: `${Math.max(8, (100 * keys) / most)}%` }}
            />
          )}
        </span>
      ))}
    </div>
  );
}
