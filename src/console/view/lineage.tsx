import { ArrowDown, Database, Layers, Waypoints } from "lucide-react";
import type { ReactNode } from "react";
import { batchSourceOf, type DataSource } from "../../domain/index.ts";
import { lineageHref } from "../lineage/lineage-address.ts";
import { AppLink, TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import type { ViewData } from "./view-data.ts";

/** Where rows come from and where they go, as a strip. */
export function Lineage({ data: { view, source, services } }: { readonly data: ViewData }) {
  return (
    <Panel title="Lineage" action={<TextLink href={lineageHref("feature_view", view.name)}>Whole graph</TextLink>}>
      <div className="flex flex-col items-stretch gap-1 p-3">
        <Node icon={<Database />} href={`/sources/${source.name}`} name={source.name} note={sourceNote(source)} />
        <Arrow>{view.transform === null ? null : "SQL transform"}</Arrow>
        <Node icon={<Layers />} name={view.name} note="this view" />
        {services.length > 0 && <Arrow>{null}</Arrow>}
        {services.map((service) => (
          <Node key={service} icon={<Waypoints />} href={`/services/${service}`} name={service} note="feature service" />
        ))}
        {services.length === 0 && <p className="px-1 pt-2 text-ink-3 text-xs">No feature service reads it yet.</p>}
      </div>
    </Panel>
  );
}

function sourceNote(source: DataSource): string {
  const batch = batchSourceOf(source);
  if (source.type === "file") return source.pathAsWritten;
  if (source.type === "kafka") return `Kafka topic ${source.topic}${batch ? `, history in ${batch.name}` : ""}`;
  if (source.type === "push") return `pushed${batch ? `, history in ${batch.name}` : ""}`;
  return source.table ?? "a query on PostgreSQL";
}

interface NodeProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly note: string;
  readonly href?: string;
}

function Node({ icon, name, note, href }: NodeProps) {
  const inside = (
    <>
      <span className="text-ink-3 [&_svg]:size-3.5" aria-hidden="true">
        {icon}
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium text-ink text-sm">{name}</span>
        <span className="block truncate text-ink-3 text-xs" title={note}>
          {note}
        </span>
      </span>
    </>
  );
  const look = "flex items-center gap-2.5 rounded-md border border-line bg-ground px-2.5 py-1.5";
  return href ? (
    <AppLink href={href} className={`${look} hover:border-line-strong hover:bg-hover`}>
      {inside}
    </AppLink>
  ) : (
    <div className={`${look} border-accent-line bg-accent-soft`}>{inside}</div>
  );
}

function Arrow({ children }: { readonly children: ReactNode }) {
  return (
    <span className="flex items-center gap-2 pl-3 text-ink-3 text-xs">
      <ArrowDown className="size-3.5" aria-hidden="true" />
      {children}
    </span>
  );
}
