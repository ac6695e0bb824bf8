import type { Feature } from "../../domain/index.ts";
import { formatCount, formatCountShort, formatFigure, formatShare } from "../format/index.ts";
import { Badge } from "../ui/badge.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { RowLink } from "../ui/link.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { Expected } from "./expected.tsx";
import { SparkBars } from "./spark-bars.tsx";
import type { Profile } from "./use-profiles.ts";

interface FeatureTableProps {
  readonly view: string;
  readonly features: readonly Feature[];
  /** undefined: still being worked out; null: could not be. */
  readonly profiles: ReadonlyMap<string, Profile> | null | undefined;
  /** How much of the profiles is shown: beside other things, only how values lie and how many are missing. */
  readonly figures: "few" | "all";
  readonly marked?: string | null;
}

/** The schema: name, type, what it means; with profiles also how its values lie. */
export function FeatureTable({ view, features, profiles, figures: shown, marked = null }: FeatureTableProps) {
  const of = (feature: Feature) => (profiles === undefined ? undefined : (profiles?.get(feature.name) ?? null));
  const plain: Column<Feature>[] = [
    {
      key: "name",
      header: "Feature",
      cell: ({ name }) => (
        <RowLink href={featureHref(view, name)} className="font-mono font-normal text-xs">
          {name}
        </RowLink>
      ),
      className: "whitespace-nowrap",
    },
    { key: "type", header: "Type", cell: ({ type }) => <span className="font-mono text-ink-2 text-xs">{type}</span>, className: "w-28" },
    { key: "description", header: "Description", cell: (feature) => <Description feature={feature} />, className: "max-w-0 w-full" },
  ];
  const figures: Column<Feature>[] = [
    { key: "expected", header: "Expected", cell: ({ expect }) => <Expected expect={expect} />, className: "whitespace-nowrap" },
    { key: "distribution", header: "Distribution", cell: (feature) => <Distribution feature={feature} profile={of(feature)} />, className: "w-32" },
    {
      key: "range",
      header: "From – to",
      cell: (feature) => <Figure profile={of(feature)} show={(each) => rangeText(each, feature.type)} />,
      align: "right",
      className: "whitespace-nowrap",
    },
    {
      key: "mean",
      header: "Mean",
      cell: (feature) => <Figure profile={of(feature)} show={({ mean }) => (mean === null ? "–" : formatFigure(mean))} />,
      align: "right",
    },
    {
      key: "nulls",
      header: "Null",
      cell: (feature) => <Figure profile={of(feature)} show={({ nulls, rows }) => (rows === 0 ? "–" : formatShare(nulls / rows))} />,
      align: "right",
      className: "w-20",
    },
  ];
  return (
    <DataTable
      caption="Features"
      columns={[...plain, ...figures.filter(({ key }) => isShown(key, shown, features))]}
      rows={features}
      rowKey={({ name }) => name}
      isMarked={({ name }) => name === marked}
      item={(feature) => <Item href={featureHref(view, feature.name)} feature={feature} profile={of(feature)} />}
    />
  );
}

/** A column about expectations only where there are any. */
function isShown(key: string, shown: FeatureTableProps["figures"], features: readonly Feature[]): boolean {
  if (key === "expected") return shown === "all" && features.some(({ expect }) => expect !== undefined);
  return shown === "all" || key === "distribution" || key === "nulls";
}

function featureHref(view: string, feature: string): string {
  return `/views/${encodeURIComponent(view)}/features/${encodeURIComponent(feature)}`;
}

function Description({ feature }: { readonly feature: Feature }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="min-w-0 truncate text-ink-2" title={feature.description}>
        {feature.description || <span className="text-ink-3">–</span>}
      </span>
      {feature.column !== feature.name && <Badge mono>column {feature.column}</Badge>}
      {Object.entries(feature.tags).map(([key, value]) => (
        <Badge key={key}>
          {key}:{value}
        </Badge>
      ))}
    </span>
  );
}

function Distribution({ feature, profile }: { readonly feature: Feature; readonly profile: Profile | null | undefined }) {
  if (profile === undefined) return <Skeleton className="h-5 w-24" />;
  if (profile === null || profile.histogram.length === 0) return <span className="text-ink-3">–</span>;
  const tip = (
    <span className="tabular grid grid-cols-[1fr_auto] gap-x-3">
      {profile.histogram.slice(0, 12).map(({ label, count }) => (
        <span key={label} className="contents">
          <span className="truncate text-ink-2">{label}</span>
          <span className="text-right">{formatCountShort(count)}</span>
        </span>
      ))}
      <span className="text-ink-3">rows</span>
      <span className="text-right text-ink-3">{formatCount(profile.rows)}</span>
    </span>
  );
  return (
    <Tooltip content={tip}>
      <button
        type="button"
        aria-label={`Distribution of ${feature.name}, ${formatCount(profile.rows)} rows`}
        className="relative z-[1] block cursor-help rounded"
      >
        <SparkBars counts={profile.histogram.map(({ count }) => count)} />
      </button>
    </Tooltip>
  );
}

function Figure({ profile, show }: { readonly profile: Profile | null | undefined; readonly show: (profile: Profile) => string }) {
  if (profile === undefined) return <Skeleton className="ml-auto w-12" />;
  return <span className="text-ink-2">{profile === null ? "–" : show(profile)}</span>;
}

function rangeText({ min, max }: Profile, type: string): string {
  const isFigure = (value: unknown): value is number | bigint => typeof value === "number" || (typeof value === "bigint" && type === "int64");
  return isFigure(min) && isFigure(max) ? `${formatFigure(min)} – ${formatFigure(max)}` : "–";
}

function Item({ href, feature, profile }: { readonly href: string; readonly feature: Feature; readonly profile: Profile | null | undefined }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <div className="min-w-0">
        <p className="truncate">
          <RowLink href={href} className="font-mono font-normal text-xs">
            {feature.name}
          </RowLink>{" "}
          <span className="font-mono text-ink-3 text-xs">{feature.type}</span>
        </p>
        <p className="truncate text-ink-2 text-xs">{feature.description}</p>
      </div>
      {profile !== null && <Distribution feature={feature} profile={profile} />}
    </div>
  );
}
