export { formatBytes, formatCount, formatCountShort, formatFigure, formatRate, formatShare, plural } from "./numbers.ts";
export { formatLocal, formatRelative, formatSeconds, formatUtc, microsToMs } from "./times.ts";
export { type ShownValue, showValue } from "./values.ts";
