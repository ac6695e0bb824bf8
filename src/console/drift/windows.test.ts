import { expect, it } from "vitest";
import { driftHref, placesOf, rowsText, verdictsText, windowName, windowText } from "./windows.ts";

const at = (text: string) => new Date(text);
const day = (date: string) => ({ start: at(`${date}T00:00:00Z`), end: new Date(at(`${date}T00:00:00Z`).getTime() + 86_400_000) });
const figures = { psi: 0.6143, psiP: 1e-60, adjustedP: 1e-59, wassersteinSd: 1.0894, baselineRows: 990, currentRows: 1_000 };

it("names windows by their day, their hours, or their first and last day", () => {
  expect(windowName(day("2026-11-20"))).toBe("2026-11-20");
  expect(windowName({ start: at("2026-11-20T06:00:00Z"), end: at("2026-11-20T12:00:00Z") })).toBe("2026-11-20 06:00–12:00");
  expect(windowName({ start: at("2026-11-16T00:00:00Z"), end: at("2026-11-23T00:00:00Z") })).toBe("2026-11-16 to 2026-11-22");
});

it("says of a window its verdict, its score and the rows on both sides", () => {
  expect(windowText({ ...day("2026-11-20"), ...figures, verdict: "drift" })).toBe("2026-11-20: drift, PSI 0.614, p < 0.001, n = 1,000 vs 990");
  expect(rowsText(figures)).toBe("n = 1,000 vs 990");
});

it("leaves the place of a window empty that was not judged", () => {
  const cells = [day("2026-11-18"), day("2026-11-20")];
  expect(placesOf(cells, day("2026-11-20"), 4)).toEqual([null, cells[0], null, cells[1]]);
});

it("counts verdicts, the worst first", () => {
  expect(verdictsText([{ verdict: "stable" }, { verdict: "drift" }, { verdict: "stable" }])).toBe("1 window drift, 2 stable");
  expect(verdictsText([])).toBe("no window judged");
});

it("gives each window an address", () => {
  expect(driftHref("driver_stats", "acc_rate", at("2026-11-20T00:00:00Z"))).toBe("/monitoring/drift/driver_stats/acc_rate?window=2026-11-20T00:00:00Z");
});
