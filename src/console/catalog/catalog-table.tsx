import type { ReactNode } from "react";
import { plural } from "../format/index.ts";
import { Badge } from "../ui/badge.tsx";
import { cn } from "../ui/cn.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { RowLink } from "../ui/link.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { entryHref } from "./entry-href.ts";
import { type CatalogEntry, type CatalogKind, KIND_ICONS, KIND_WORDS } from "./kinds.ts";

interface CatalogTableProps {
  readonly rows: readonly CatalogEntry[];
  /** Set on a page that lists one kind only: its columns need not say it. */
  readonly only?: CatalogKind;
  readonly density: "compact" | "detailed";
  readonly onOwner: (owner: string) => void;
  readonly onTag: (tag: string) => void;
}

export function CatalogTable({ rows, only, density, onOwner, onTag }: CatalogTableProps) {
  const detailed = density === "detailed";
  const columns: Column<CatalogEntry>[] = [
    { key: "name", header: "Name", cell: (entry) => <Name entry={entry} detailed={detailed} />, className: "w-[35%] max-w-0" },
    { key: "about", header: only ? "What" : "Kind", cell: (entry) => <About entry={entry} only={only} />, className: "w-[24%] max-w-0" },
    { key: "owner", header: "Owner", cell: (entry) => <Owner entry={entry} onOwner={onOwner} />, className: "w-[12%] max-w-0 max-lg:hidden" },
    { key: "tags", header: "Tags", cell: (entry) => <TagList entry={entry} onTag={onTag} />, className: "max-w-0" },
    { key: "updated", header: "Changed", cell: ({ updatedAt }) => <RelativeTime at={updatedAt} className="text-ink-2" />, align: "right", className: "w-24" },
  ];
  return (
    <DataTable
      caption={only ? KIND_WORDS[only].many : "Catalog"}
      columns={columns}
      rows={rows}
      rowKey={({ kind, view, name }) => `${kind}:${view}:${name}`}
      roomy={detailed}
      item={(entry) => <Item entry={entry} />}
    />
  );
}

function Name({ entry, detailed }: { readonly entry: CatalogEntry; readonly detailed: boolean }) {
  const Icon = KIND_ICONS[entry.kind];
  return (
    <div className={cn("flex min-w-0 gap-2.5", detailed ? "items-start" : "items-center")}>
      <Icon className={cn("size-3.5 shrink-0 text-ink-3", detailed && "mt-[3px]")} aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 items-baseline gap-2">
          <RowLink href={entryHref(entry)} className={cn("truncate", entry.kind === "feature" && "font-mono font-normal text-xs")}>
            {entry.name}
          </RowLink>
          {!detailed && entry.description && <span className="min-w-0 flex-1 truncate text-ink-3 text-xs">{entry.description}</span>}
        </div>
        {detailed && <p className="truncate text-ink-2 text-xs">{entry.description || <span className="text-ink-3">no description</span>}</p>}
      </div>
    </div>
  );
}

/** What tells this entry from others of its kind. */
function About({ entry, only }: { readonly entry: CatalogEntry; readonly only?: CatalogKind | undefined }) {
  return (
    <div className="flex min-w-0 items-center gap-2 text-ink-2">
      {!only && <span className="shrink-0 whitespace-nowrap">{KIND_WORDS[entry.kind].one}</span>}
      <span className={cn("min-w-0 truncate", !only && "text-ink-3 text-xs")}>{detail(entry)}</span>
    </div>
  );
}

function detail({ kind, type, view, entities, featureCount }: CatalogEntry): ReactNode {
  const features = featureCount === null ? null : plural(featureCount, "feature");
  switch (kind) {
    case "feature":
      return (
        <>
          <span className="font-mono text-xs">{type}</span> of {view}
        </>
      );
    case "feature_view":
      return [type, entities.join(" + ") || "no entity", features].filter(Boolean).join(" · ");
    case "feature_service":
      return features;
    case "data_source":
      return type;
    case "entity":
      return type;
  }
}

function Owner({ entry, onOwner }: { readonly entry: CatalogEntry; readonly onOwner: (owner: string) => void }) {
  const { owner, team } = entry;
  if (owner === null) return <span className="text-ink-3">{team ?? "–"}</span>;
  return (
    <button
      type="button"
      onClick={() => onOwner(owner)}
      title={`Only what ${owner} owns`}
      className="relative z-[1] max-w-full truncate rounded text-left text-ink-2 hover:text-accent"
    >
      {team ?? owner}
    </button>
  );
}

const TAGS_SHOWN = 2;

function TagList({ entry, onTag }: { readonly entry: CatalogEntry; readonly onTag: (tag: string) => void }) {
  const tags = Object.entries(entry.tags).map(([key, value]) => `${key}:${value}`);
  const rest = tags.slice(TAGS_SHOWN);
  return (
    <div className="flex min-w-0 items-center gap-1">
      {tags.slice(0, TAGS_SHOWN).map((tag) => (
        <button key={tag} type="button" onClick={() => onTag(tag)} title={`Only what is tagged ${tag}`} className="relative z-[1] flex min-w-0 rounded">
          <Badge className="block truncate leading-[18px] hover:text-ink">{tag}</Badge>
        </button>
      ))}
      {rest.length > 0 && (
        <span className="shrink-0 text-2xs text-ink-3" title={rest.join(", ")}>
          +{rest.length}
        </span>
      )}
    </div>
  );
}

function Item({ entry }: { readonly entry: CatalogEntry }) {
  return (
    <div className="space-y-0.5">
      <Name entry={entry} detailed />
      <p className="flex justify-between gap-3 pl-6 text-ink-3 text-xs">
        <span className="truncate">
          {KIND_WORDS[entry.kind].one}
          {detail(entry) !== null && <> · {detail(entry)}</>}
        </span>
        <RelativeTime at={entry.updatedAt} />
      </p>
    </div>
  );
}
