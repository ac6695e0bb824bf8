import { formatCount, formatCountShort, formatFigure, formatShare, plural, showValue } from "../format/index.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { Tile, Tiles } from "../ui/tile.tsx";
import type { Profile } from "../view/use-profiles.ts";

interface FeatureTilesProps {
  /** undefined: being worked out; null: could not be. */
  readonly profile: Profile | null | undefined;
  readonly type: string;
  readonly readers: number;
}

/** The figures that decide whether a feature is worth having: is it there, how much does it tell, who counts on it. */
export function FeatureTiles({ profile, type, readers }: FeatureTilesProps) {
  const show = (value: (profile: Profile) => React.ReactNode) =>
    profile === undefined ? <Skeleton className="h-5 w-20" /> : profile === null ? <span className="text-ink-2">unknown</span> : value(profile);
  return (
    <Tiles>
      <Tile
        label="Null"
        value={show(({ nulls, rows }) => <span className="tabular">{rows === 0 ? "–" : formatShare(nulls / rows)}</span>)}
        note={profile && `${formatCount(profile.nulls)} of ${plural(profile.rows, "row")}`}
      />
      <Tile
        label="Different values"
        value={show(({ distinctApprox }) => <span className="tabular">{distinctApprox === null ? "–" : `≈ ${formatCountShort(distinctApprox)}`}</span>)}
        note={profile?.distinctApprox === null ? "not counted for this type" : "a sketch, within a few percent"}
      />
      <Tile label={profile?.mean === null ? "Most frequent" : "Mean"} value={show((each) => middle(each))} note={profile && spread(profile)} />
      <Tile
        label="Range"
        value={show(({ min, max }) => (min === null ? "–" : `${showValue(min, type).text} – ${showValue(max, type).text}`))}
        note={profile && "smallest and largest value"}
      />
      <Tile label="Read by" value={readers === 0 ? <span className="text-ink-2">no service</span> : plural(readers, "service")} note="would notice a change" />
    </Tiles>
  );
}

function middle({ mean, histogram }: Profile): string {
  if (mean !== null) return formatFigure(mean);
  return histogram[0]?.label ?? "–";
}

function spread({ mean, sd, histogram, rows }: Profile): string {
  if (mean !== null) return sd === null ? "" : `± ${formatFigure(sd)} standard deviation`;
  const [top] = histogram;
  return top && rows > 0 ? `${formatShare(top.count / rows)} of all rows` : "";
}
