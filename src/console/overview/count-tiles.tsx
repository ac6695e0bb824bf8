"use client";
import { useQuery } from "@tanstack/react-query";
import { KIND_WORDS } from "../catalog/kinds.ts";
import { formatCount } from "../format/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { AppLink } from "../ui/link.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Tile, Tiles } from "../ui/tile.tsx";
import { COUNTED, countInput } from "./overview-inputs.ts";

/** How much there is of each kind, each a way to it. */
export function CountTiles() {
  return (
    <Tiles>
      {COUNTED.map(({ kind, href }) => (
        <CountTile key={kind} kind={kind} href={href} />
      ))}
    </Tiles>
  );
}

function CountTile({ kind, href }: Pick<(typeof COUNTED)[number], "kind" | "href">) {
  const trpc = useTRPC();
  const { data, isError } = useQuery(trpc.catalog.list.queryOptions(countInput(kind)));
  const words = KIND_WORDS[kind].many;
  return (
    <Tile
      label={words.charAt(0).toUpperCase() + words.slice(1)}
      value={
        data ? (
          <AppLink href={href} className="tabular rounded hover:text-accent">
            {formatCount(data.total)}
          </AppLink>
        ) : isError ? (
          <span className="text-ink-2">unknown</span>
        ) : (
          <Skeleton className="h-5 w-10" />
        )
      }
    />
  );
}
