import { type CellVerdict, compareCell, compareRows, type RowVerdict } from "./compare.ts";
import type { FeatureStatus, OfflineRow, OnlineView } from "./lookup-data.ts";

/** One feature for one key, both sides. */
export interface FeatureCell {
  readonly status: FeatureStatus | null; // null: not served online
  readonly online: unknown;
  readonly hasSource: boolean;
  readonly source: unknown;
  readonly verdict: CellVerdict;
}

/** One view for one key. */
export interface ViewColumn {
  readonly onlineTime: bigint | null;
  readonly sourceTime: bigint | null;
  /** null: the source has not answered (yet). */
  readonly row: RowVerdict | null;
  readonly cells: readonly FeatureCell[];
}

/** A view's features for the key at `index`; `offline` undefined: the source has not answered. */
export function viewColumn(
  view: OnlineView,
  index: number,
  offline: { readonly features: readonly string[]; readonly rows: readonly OfflineRow[] } | undefined,
): ViewColumn {
  const row = offline?.rows[index] ?? null;
  const onlineTime = view.times?.[index] ?? null;
  const sourceTime = row?.event ?? null;
  const cells = view.features.map(({ name, cells: online }): FeatureCell => {
    const at = offline?.features.indexOf(name) ?? -1;
    const hasSource = row !== null && at >= 0;
    const source = hasSource ? row.values[at] : null;
    const cell = online?.[index];
    if (cell === undefined) return { status: null, online: null, hasSource, source, verdict: null };
    return { status: cell.status, online: cell.value, hasSource, source, verdict: compareCell({ status: cell.status, online: cell.value, hasSource, source }) };
  });
  return { onlineTime, sourceTime, row: offline === undefined ? null : compareRows({ online: view.online, onlineTime, sourceTime }), cells };
}

/** Whether there is something to look at: another value, or a row that only the source has. */
export function isDifference({ row }: ViewColumn, { verdict, hasSource }: FeatureCell): boolean {
  return verdict === "differs" || (row === "not_online" && hasSource);
}
