import { formatUtc, plural } from "../format/index.ts";
import type { SelectedWindow } from "./moved-bins.ts";
import { windowName } from "./windows.ts";

type Origin = SelectedWindow["baseline"]["origin"];

/** What a window is compared to, in words. */
export function baselineText({ kind, ranges, trainingSet }: Origin): string {
  switch (kind) {
    case "first_window":
      return `the first complete window, ${rangesText(ranges)}`;
    case "window":
      return `a chosen window, ${rangesText(ranges)}`;
    case "training_set":
      return `the training set ${trainingSet ?? ""}`;
    case "previous_window":
      return `the window before it, ${rangesText(ranges)}`;
    case "same_hours":
      return `the same hours of the ${plural(ranges.length, "week")} before`;
  }
}

function rangesText(ranges: Origin["ranges"]): string {
  return ranges
    .map(({ start, end }) => {
      const [from, to] = [new Date(start), new Date(end)];
      const isOdd = from.getTime() % 3_600_000 !== 0 || to.getTime() % 3_600_000 !== 0;
      return isOdd ? `${formatUtc(from.getTime())} to ${formatUtc(to.getTime())}` : windowName({ start: from, end: to });
    })
    .join(", ");
}
