/** Every number on a page goes through one of these, so that equal things look equal. Locale is fixed: figures must not change with the reader's machine. */
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"] as const;

/** `43200` → `43,200`. */
export function formatCount(count: number | bigint): string {
  return whole.format(count);
}

/** For charts and tight places: `43200` → `43k`, `1250000` → `1.3M`. */
export function formatCountShort(count: number): string {
  const steps: readonly [number, string][] = [
    [1e9, "B"],
    [1e6, "M"],
    [1e3, "k"],
  ];
  for (const [size, suffix] of steps) {
    if (Math.abs(count) >= size * 0.9995) return `${trim(count / size, Math.abs(count) >= size * 9.95 ? 0 : 1)}${suffix}`;
  }
  return trim(count, Math.abs(count) < 10 ? 2 : 0);
}

/** Decimal units, as disks and networks are sold: `1100000` → `1.1 MB`. */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (Math.abs(size) >= 999.5 && unit < UNITS.length - 1) {
    size /= 1_000;
    unit += 1;
  }
  return `${trim(size, unit === 0 || Math.abs(size) >= 9.95 ? 0 : 1)} ${UNITS[unit]}`;
}

/** Rows or keys per second: `25400` → `25,400/s`, below ten with one digit. */
export function formatRate(perSecond: number): string {
  return perSecond < 10 ? `${trim(perSecond, 1)}/s` : `${formatCount(Math.round(perSecond))}/s`;
}

/** A share of one: `0.1234` → `12.3 %`; never rounds a trace to 0 or a gap to 100. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.001) return "< 0.1 %";
  if (share < 1 && share > 0.999) return "> 99.9 %";
  return `${trim(share * 100, share === 0 || share === 1 ? 0 : 1)} %`;
}

/** A figure of a feature, to four significant digits; whole numbers and thousands stay whole. */
export function formatFigure(value: number | bigint): string {
  if (typeof value === "bigint") return formatCount(value);
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size < 1e15 && (Number.isInteger(value) || size >= 1_000)) return formatCount(Math.round(value));
  if (size >= 1e15 || size < 1e-4) return value.toExponential(2).replace("e+", "e");
  return Number(value.toPrecision(4)).toString();
}

/** A score without a unit: `0.614`, `0.140`, `12.3`; traces are `< 0.001`. Three digits, so that a column of them lines up. */
export function formatScore(score: number): string {
  const size = Math.abs(score);
  if (size > 0 && size < 0.0005) return score < 0 ? "> -0.001" : "< 0.001";
  return size >= 100 ? formatCount(Math.round(score)) : score.toFixed(size >= 10 ? 1 : 3);
}

/** A p-value: `0.042`, `< 0.001`, and the same for those too small to be told from 0. */
export function formatP(p: number): string {
  return p < 0.001 ? "< 0.001" : p.toFixed(p < 0.1 ? 3 : 2);
}

/** `1 key`, `2 keys`. */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function trim(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.0+$/, "");
}
