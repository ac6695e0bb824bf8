// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { drawnSize } from "../../testing/drawn-size.ts";
import { BinsChart } from "./bins-chart.tsx";
import { ScoreChart } from "./score-chart.tsx";
import { strongestText } from "./strongest-text.ts";

beforeAll(() => drawnSize({ width: 900, height: 280 }));
afterEach(cleanup);

const DAY = 86_400_000;
const windowOn = (day: number, verdict: "stable" | "drift", psi: number) => ({
  ...{ start: new Date(day * DAY), end: new Date((day + 1) * DAY), verdict, psi, psiP: 0.1, adjustedP: 0.1 },
  ...{ wassersteinSd: 0.1, baselineRows: 100, currentRows: 100 },
});
const bin = (label: string, currentShare: number, isMoved: boolean) => ({
  ...{ label, tick: label, baseline: 50, current: 50, baselineShare: 0.5, currentShare, psi: 0.1, shareOfPsi: isMoved ? 0.742 : 0.1, isMoved },
});

describe("the bins of a window", () => {
  it("stand on the baseline's outline, and those that moved say their share of the PSI", () => {
    render(<BinsChart bins={[bin("≤ 1", 0.9, true), bin("> 1", 0.1, false), bin("null", 0, true)]} isNumeric />);
    expect(screen.getAllByText("74.2 %")).toHaveLength(2); // one that lost all its rows too
    expect(screen.getByText("value, in tenths of the baseline")).toBeTruthy();
    expect(document.querySelectorAll(".recharts-bar")).toHaveLength(3);
    expect([...document.querySelectorAll(".recharts-bar-rectangle path")].map((path) => path.getAttribute("fill"))).toEqual([
      ...["url(#moved)", "var(--accent-solid)"],
      ...["none", "none", "url(#moved-away)"],
      ...["none", "none", "none"],
    ]);
  });
});

describe("a score over the windows", () => {
  it("has a mark per verdict, breaks at gaps, and names threshold and onset", () => {
    const windows = [windowOn(1, "stable", 0.01), windowOn(2, "stable", 0.02), windowOn(5, "drift", 0.4), windowOn(6, "drift", 0.5)];
    const asked = { windows, score: "psi", threshold: 0.1, onset: new Date(5 * DAY), selected: windows[3]?.start ?? null, runs: [] } as const;
    render(<ScoreChart {...asked} onSelect={vi.fn()} />);
    expect([...document.querySelectorAll("[data-verdict]")].map((mark) => mark.getAttribute("data-verdict"))).toEqual(["stable", "stable", "drift", "drift"]);
    expect(document.querySelectorAll("rect[width='8']")).toHaveLength(2);
    expect(screen.getByText("an effect from 0.1")).toBeTruthy();
    expect(screen.getByText("onset 1970-01-06")).toBeTruthy();
    expect(document.querySelector(".recharts-line-curve")?.getAttribute("d")?.match(/M/g)).toHaveLength(2);
  });
});

describe("the strongest part of a shift", () => {
  it.each([
    [
      { label: "> 1600.4", of: "values", shareOfPsi: 0.986, currentShare: 0.4, excess: 0.586 },
      "Rows where driver_id is > 1600.4 carry 98.6 % of the shift, and are 40 % of all rows.",
    ],
    [
      { label: "<null>", of: "null", shareOfPsi: 1.04, currentShare: 0.1, excess: 0.94 },
      "Rows without driver_id carry all of the shift, and are 10 % of all rows.",
    ],
    [
      { label: "≤ 3", of: "values", shareOfPsi: 0.5, currentShare: 0.4, excess: 0.1 },
      "No part of the rows stands out by driver_id: each carries about as much of the shift as it is of the rows.",
    ],
  ] as const)("is said in a sentence", (strongest, text) => expect(strongestText({ by: "driver_id", strongest })).toBe(text));
});
