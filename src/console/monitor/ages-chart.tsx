import type { ShownExpiry } from "../../trpc/index.ts";
import { formatCount, formatCountShort, formatSeconds, plural } from "../format/index.ts";
import { cn } from "../ui/cn.ts";
import { isBeyondTtl, spanText } from "./age-bars.tsx";

/** More edges than these do not stand beside each other: then every second one is named, the ttl among them. */
const EDGES_NAMED_MAX = 8;

/** How old online rows are, a bar per span of age over an axis of its edges; those beyond the ttl are striped. */
export function AgesChart({ row }: { readonly row: Pick<ShownExpiry, "view" | "ages" | "ttlSeconds"> }) {
  const { ages, ttlSeconds } = row;
  const most = Math.max(1, ...ages.map(({ keys }) => keys));
  const named = ages.length - 1 > EDGES_NAMED_MAX ? 2 : 1;
  return (
    <div className="px-3 pt-3 pb-2">
      <div className="flex h-32 items-end gap-px border-line-strong border-b">
        {ages.map(({ upToSeconds, keys }, index) => (
          <span
            key={upToSeconds ?? "rest"}
            title={`${plural(keys, "key")} ${spanText(ages, index)}`}
            className={cn("relative flex h-full min-w-0 flex-1 flex-col justify-end", ttlSeconds === upToSeconds && "border-ink border-r border-dashed")}
          >
            {keys > 0 && (
              <>
                <span className="tabular truncate text-center text-2xs text-ink">{formatCountShort(keys)}</span>
                <span
                  className={cn("block w-full shrink-0 rounded-t-[2px]", isBeyondTtl(row, index) ? "bg-striped-attention" : "bg-accent-solid/70")}
                  style={{ height: `${Math.max(2, (80 * keys) / most)}%` }}
                />
              </>
            )}
          </span>
        ))}
      </div>
      <div aria-hidden="true" className="tabular flex gap-px text-2xs text-ink-3">
        {ages.map(({ upToSeconds }, index) => (
          <span key={upToSeconds ?? "rest"} className="relative h-4 min-w-0 flex-1">
            {upToSeconds !== null && (index + 1) % named === 0 && (
              <span
                className={cn(
                  "absolute right-0 translate-x-1/2 whitespace-nowrap leading-4",
                  upToSeconds === ttlSeconds && "font-medium text-ink",
                  ages[index + 2]?.upToSeconds === ttlSeconds && "max-sm:hidden", // a phone has no room for it beside the ttl
                )}
              >
                {upToSeconds === ttlSeconds && "ttl "}
                {formatSeconds(upToSeconds)}
              </span>
            )}
          </span>
        ))}
      </div>
      <p className="mt-1 text-center text-2xs text-ink-3">
        age of a key's newest row; n = {formatCount(ages.reduce((sum, { keys }) => sum + keys, 0))} keys{ttlSeconds ? "; striped: beyond the ttl" : ""}
      </p>
    </div>
  );
}
