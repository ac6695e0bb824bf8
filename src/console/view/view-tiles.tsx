"use client";
import { useQuery } from "@tanstack/react-query";
import { formatBytes, formatCount, formatCountShort, formatSeconds, formatShare, microsToMs, plural } from "../format/index.ts";
import { RunState } from "../run/run-state.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { errorInfoOf } from "../ui/error-info.ts";
import { Health } from "../ui/health.tsx";
import { AppLink, TextLink } from "../ui/link.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Tile, Tiles } from "../ui/tile.tsx";
import { RelativeTime } from "../ui/time.tsx";

interface ViewTilesProps {
  readonly view: string;
  readonly services: readonly string[];
  readonly isOnline: boolean;
}

/** The figures that decide: is it online, how new is it, did the last run work, who would notice. */
export function ViewTiles({ view, services, isOnline }: ViewTilesProps) {
  return (
    <Tiles>
      {isOnline && <OnlineTiles view={view} />}
      {isOnline && <AgeTile view={view} />}
      <LastRunTile view={view} />
      <Tile
        label="Read by"
        value={services.length === 0 ? <span className="text-ink-2">no service</span> : plural(services.length, "service")}
        note={services.map((service, index) => (
          <span key={service}>
            {index > 0 && ", "}
            <TextLink href={`/services/${service}`}>{service}</TextLink>
          </span>
        ))}
      />
    </Tiles>
  );
}

const WAIT = <Skeleton className="h-5 w-20" />;

function OnlineTiles({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const { data: online, isError, error } = useQuery(trpc.view.online.queryOptions({ view }));
  if (isError && !online) {
    const unknown = <Health state="unknown">unknown</Health>;
    return (
      <>
        <Tile label="Online keys" value={unknown} note={<span title={errorInfoOf(error).message}>{errorInfoOf(error).message}</span>} />
        <Tile label="Newest event" value={unknown} />
        <Tile label="Served version" value={unknown} />
      </>
    );
  }
  if (!online) {
    return (
      <>
        <Tile label="Online keys" value={WAIT} />
        <Tile label="Newest event" value={WAIT} />
        <Tile label="Served version" value={WAIT} />
      </>
    );
  }
  const { count, store, watermark, ready, version } = online;
  const size = count.bytes === null ? "" : `, ${formatBytes(count.bytes)}`;
  return (
    <>
      <Tile
        label="Online keys"
        value={<span className="tabular">{count.exact ? formatCount(count.keys) : `≈ ${formatCountShort(count.keys)}`}</span>}
        note={`in ${store}${size}`}
      />
      <Tile
        label="Newest event"
        value={watermark === null ? <span className="text-ink-2">none online</span> : <RelativeTime at={microsToMs(watermark)} />}
        note={watermark === null ? "nothing was materialized yet" : "materialized up to here"}
      />
      <Tile
        label="Served version"
        value={ready === null ? <Health state="attention">none yet</Health> : <span className="tabular">{version}</span>}
        note={
          ready === null ? (
            "ready after the first full run"
          ) : (
            <>
              ready since <RelativeTime at={ready} />
            </>
          )
        }
      />
    </>
  );
}

/** How old the rows are that are served, and whether the ttl hides some. */
function AgeTile({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const { data: ages, isError } = useQuery(trpc.view.ages.queryOptions({ view }));
  if (isError && ages === undefined) return <Tile label="Median age online" value={<Health state="unknown">unknown</Health>} />;
  if (ages === undefined) return <Tile label="Median age online" value={WAIT} />;
  if (ages === null) return <Tile label="Median age online" value={<span className="text-ink-2">none online</span>} note="no rows to look at" />;
  const { rows, whole, expired, oldest, median } = ages;
  const basis = whole ? `all ${plural(rows, "row")}` : `a sample of ${formatCount(rows)}`;
  return (
    <Tile
      label="Median age online"
      value={<RelativeTime at={microsToMs(median)} />}
      note={
        expired > 0 ? (
          <Health state="attention">
            {formatShare(expired / rows)} past the ttl, of {basis}
          </Health>
        ) : (
          <>
            oldest <RelativeTime at={microsToMs(oldest)} />, of {basis}
          </>
        )
      }
    />
  );
}

function LastRunTile({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.run.list.queryOptions({ view, pageSize: 5 }));
  const last = data?.rows[0];
  if (!data) return <Tile label="Last run" value={WAIT} />;
  if (!last) return <Tile label="Last run" value={<span className="text-ink-2">never</span>} note="no run of this view yet" />;
  return (
    <Tile
      label="Last run"
      value={
        <AppLink href={`/runs/${last.id}`} className="rounded hover:underline">
          <RunState run={last} />
        </AppLink>
      }
      note={
        <>
          <RelativeTime at={last.finishedAt ?? last.createdAt} />
          {last.receipt && `, ${plural(last.receipt.written, "key")} in ${formatSeconds(last.receipt.seconds)}`}
        </>
      }
    />
  );
}
