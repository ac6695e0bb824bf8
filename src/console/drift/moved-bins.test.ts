import { expect, it } from "vitest";
import type { BinOf } from "../../monitor/index.ts";
import { BINS_SHOWN, binsToDraw, labelOf, shownBins } from "./moved-bins.ts";

const bin = (label: string, baseline: number, current: number, psi: number, of: BinOf = "values") => ({
  label,
  of,
  low: null,
  high: null,
  baseline,
  current,
  psi,
});
const windowOf = (verdict: "drift" | "stable", bins: readonly ReturnType<typeof bin>[]) =>
  ({ verdict, comparison: { bins, psi: bins.reduce((sum, each) => sum + each.psi, 0) } }) as unknown as Parameters<typeof shownBins>[0];

it("says of each bin its share of either side and of the PSI, and marks those that the shift is made of", () => {
  const bins = [bin("≤ 1", 50, 80, 0.19), bin("> 1", 50, 18, 0.005), bin("<null>", 0, 2, 0.005, "null")];
  expect(
    shownBins(windowOf("drift", bins)).map(({ label, baselineShare, currentShare, shareOfPsi, isMoved }) => [
      label,
      baselineShare,
      currentShare,
      Number(shareOfPsi.toFixed(3)),
      isMoved,
    ]),
  ).toEqual([
    ["≤ 1", 0.5, 0.8, 0.95, true],
    ["> 1", 0.5, 0.18, 0.025, false],
    ["null", 0, 0.02, 0.025, false],
  ]);
  expect(shownBins(windowOf("stable", bins)).some(({ isMoved }) => isMoved)).toBe(false);
});

it("sums up the categories that matter least where there are too many to draw", () => {
  const many = Array.from({ length: 60 }, (_, at) => bin(`c${at}`, 10, 10, at === 40 ? 0.5 : 0.001));
  const drawn = binsToDraw(shownBins(windowOf("drift", many)));
  expect(drawn).toHaveLength(BINS_SHOWN);
  expect(drawn.at(-1)).toMatchObject({ label: "37 others", current: 370, isMoved: false });
  expect(drawn.filter(({ isMoved }) => isMoved).map(({ label }) => label)).toEqual(["c40"]);
});

it("tells a category that is named like another bin from it, and shows one without a letter", () => {
  expect(["<null>", "null", "", "Lima", "<new>"].map((label) => labelOf({ label, of: "values" }))).toEqual(["<null>", '"null"', '""', "Lima", "<new>"]);
  expect((["null", "new", "other"] as const).map((of) => labelOf({ label: `<${of}>`, of }))).toEqual(["null", "new", "other"]);
});
