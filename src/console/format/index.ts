export { formatBytes, formatCount, formatCountShort, formatFigure, formatP, formatRate, formatScore, formatShare, plural } from "./numbers.ts";
export { formatLocal, formatRelative, formatSeconds, formatUtc, microsToMs } from "./times.ts";
export { type ShownValue, showValue } from "./values.ts";
