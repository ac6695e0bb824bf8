import type { DuckDBValue } from "@duckdb/node-api";
import { type FeatureField, type FeatureValue, isListType, type ValueType, type ViewVersion } from "../../../domain/index.ts";
import { LarderError } from "../../../kit/index.ts";
import type { FeatureProfile } from "../../port.ts";
import type { Session } from "./engine.ts";
import { type Opening, readOnce } from "./open-view.ts";
import { quoteNumber } from "./quote.ts";
import { featureColumn, selectRows, type ViewRows } from "./view-rows.ts";

const BINS = 20;
const TOP_VALUES = 20;
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];

/** What a view's features look like over all its rows: one pass for the figures, one for the histograms. Quantiles are sketched. */
export async function profileFeatures(opening: Opening, view: ViewVersion, names: readonly string[]): Promise<readonly FeatureProfile[]> {
  const indexes = names.map((name) => featureNamed(view, name));
  if (indexes.length === 0) return [];
  return readOnce(opening, view, async (session, rows) => {
    const where = rows.fits === null ? [] : [rows.fits];
    const from = `(${selectRows({ ...rows, place: null }, { features: [...new Set(indexes)], where })})`;
    const figures = await figuresOf(session, from, rows, indexes);
    const profiles: FeatureProfile[] = [];
    for (const [position, index] of indexes.entries()) {
      const figure = figures[position];
      const field = view.features[index];
      if (figure === undefined || field === undefined) continue;
      profiles.push({ ...figure.profile, feature: field.name, histogram: await histogramOf(session, from, { index, field, figure }) });
    }
    return profiles;
  });
}

export function featureNamed(view: ViewVersion, name: string): number {
  const index = view.features.findIndex((feature) => feature.name === name);
  if (index !== -1) return index;
  throw new LarderError("not_found", `The feature view "${view.view}" has no feature "${name}".`);
}

type Shape = "numeric" | "category" | "time" | "opaque";

function shapeOf(type: ValueType): Shape {
  if (isListType(type) || type === "bytes") return "opaque";
  if (type === "timestamp" || type === "unix_timestamp") return "time";
  return type === "string" || type === "bool" ? "category" : "numeric";
}

interface Figure {
  readonly profile: Omit<FeatureProfile, "feature" | "histogram">;
  /** Of the finite values, for bins. */
  readonly low: number | null;
  readonly high: number | null;
}

const FIGURES_EACH = 8;

async function figuresOf(session: Session, from: string, rows: ViewRows, indexes: readonly number[]): Promise<readonly Figure[]> {
  const types = indexes.map((index): ValueType => rows.view.features[index]?.type ?? "string");
  const columns = indexes.map((index, position) => figureSql(featureColumn(index), shapeOf(types[position] ?? "string")));
  const [row] = await session.rows(`SELECT count(*), ${columns.join(", ")} FROM ${from}`);
  const total = Number(row?.[0] ?? 0);
  return indexes.map((_, position) => {
    const start = 1 + position * FIGURES_EACH;
    return toFigure(total, types[position] ?? "string", row?.slice(start, start + FIGURES_EACH) ?? []);
  });
}

/** Eight figures of one feature: values, distinct, min, max, mean, sd, finite range, quantiles. NaN counts as null, infinities have no moments. */
function figureSql(name: string, shape: Shape): string {
  if (shape === "opaque") return `count(${name}), NULL, NULL, NULL, NULL, NULL, NULL, NULL`;
  if (shape !== "numeric") return `count(${name}), approx_count_distinct(${name}), min(${name}), max(${name}), NULL, NULL, NULL, NULL`;
  const number = `CASE WHEN isnan(${name}::DOUBLE) THEN NULL ELSE ${name} END`;
  const finite = `CASE WHEN isfinite(${name}::DOUBLE) THEN ${name}::DOUBLE END`;
  return [
    `count(${number})`,
    `approx_count_distinct(${number})`,
    `min(${number})`,
    `max(${number})`,
    `avg(${finite})`,
    `stddev_pop(${finite})`,
    `[min(${finite}), max(${finite})]`,
    `approx_quantile(${finite}, [${QUANTILES.join(", ")}])`,
  ].join(", ");
}

function toFigure(total: number, type: ValueType, figures: readonly DuckDBValue[]): Figure {
  const [count, distinct, min, max, mean, sd, range, quantiles] = figures;
  const [low = null, high = null] = numbersIn(range);
  const inner = numbersIn(quantiles);
  const isEmpty = low === null || high === null;
  return {
    low,
    high,
    profile: {
      rows: total,
      nulls: total - Number(count ?? 0),
      distinctApprox: distinct === null || distinct === undefined ? null : Math.min(Number(distinct), Number(count ?? 0)),
      min: scalarOf(type, min),
      max: scalarOf(type, max),
      mean: typeof mean === "number" ? mean : null,
      sd: typeof sd === "number" ? sd : null,
      quantiles:
        shapeOf(type) !== "numeric" || isEmpty || inner.length === 0 ? null : [low, ...inner.map((value) => Math.min(Math.max(value, low), high)), high],
    },
  };
}

function numbersIn(value: DuckDBValue | undefined): readonly number[] {
  const items = (value as { readonly items?: readonly DuckDBValue[] } | null | undefined)?.items ?? [];
  return items.filter((item): item is number => typeof item === "number");
}

function scalarOf(type: ValueType, value: DuckDBValue | undefined): FeatureValue {
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  if (value === null || value === undefined) return null;
  throw new LarderError("internal", `A figure of a ${type} feature came in a form that nobody expected.`);
}

type Bin = FeatureProfile["histogram"][number];

async function histogramOf(
  session: Session,
  from: string,
  { index, field, figure }: { readonly index: number; readonly field: FeatureField; readonly figure: Figure },
): Promise<readonly Bin[]> {
  const name = featureColumn(index);
  if (shapeOf(field.type) === "numeric")
    return figure.low === null || figure.high === null ? [] : numericBins(session, from, { name, low: figure.low, high: figure.high });
  if (shapeOf(field.type) !== "category") return [];
  const rows = await session.rows(`SELECT ${name}::VARCHAR, count(*) FROM ${from} WHERE ${name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${TOP_VALUES}`);
  return rows.map(([label, count]) => ({ label: String(label), low: null, high: null, count: Number(count) }));
}

async function numericBins(
  session: Session,
  from: string,
  { name, low, high }: { readonly name: string; readonly low: number; readonly high: number },
): Promise<readonly Bin[]> {
  const count = low === high ? 1 : BINS;
  const width = (high - low) / count;
  if (!Number.isFinite(width)) return [];
  const bin = low === high ? "0" : `least(${count - 1}, floor((${name}::DOUBLE - ${quoteNumber(low)}) / ${quoteNumber(width)}))::INTEGER`;
  const rows = await session.rows(`SELECT ${bin} AS bin, count(*) FROM ${from} WHERE isfinite(${name}::DOUBLE) GROUP BY bin`);
  const counts = new Map(rows.map(([key, value]) => [Number(key), Number(value)]));
  return Array.from({ length: count }, (_, at) => {
    const [start, to] = [low + at * width, at === count - 1 ? high : low + (at + 1) * width];
    return { label: `${short(start)} to ${short(to)}`, low: start, high: to, count: counts.get(at) ?? 0 };
  });
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
