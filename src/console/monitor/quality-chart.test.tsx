// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { drawnSize } from "../../testing/drawn-size.ts";
import type { ShownDay } from "../../trpc/index.ts";
import { DayStrip } from "./day-strip.tsx";
import { QualityChart } from "./quality-chart.tsx";

beforeAll(() => drawnSize({ width: 700, height: 220 }));
afterEach(cleanup);

const day = (date: number, over: Partial<ShownDay> = {}): ShownDay => ({
  at: new Date(Date.UTC(2026, 4, date)),
  rows: 1_000,
  duplicates: 0,
  state: "good",
  findings: [],
  usualRows: { low: 800, high: 1_200 },
  ...over,
});
const bad = day(3, {
  rows: 12,
  state: "bad",
  findings: [{ kind: "row count", feature: null, text: "12 rows, such a day usually has 800 to 1,200", isBlocking: false }],
});

it("draws rows per day in its unit, over what is usual, a bad day apart", () => {
  render(<QualityChart days={[day(1), day(2), bad]} />);
  expect(screen.getByText("day of event time, UTC")).toBeTruthy();
  const bars = [...document.querySelectorAll(".recharts-bar-rectangle path")].map((bar) => bar.getAttribute("fill"));
  expect(bars).toEqual(["var(--accent-solid)", "var(--accent-solid)", "var(--bad)"]);
  expect(document.querySelectorAll(".recharts-area-area")).toHaveLength(1);
});

it("shows the last days as a strip that reads without colour", () => {
  render(<DayStrip view="driver_stats" days={[day(1), day(2, { state: "insufficient data" }), bad]} />);
  const strip = screen.getByRole("img", { name: "driver_stats: 1 bad day of 3" });
  expect([...strip.children].map((bar) => bar.getAttribute("title"))).toEqual([
    "2026-05-01, 1,000 rows: good",
    "2026-05-02, 1,000 rows: insufficient data",
    "2026-05-03, 12 rows: 12 rows, such a day usually has 800 to 1,200",
  ]);
});
