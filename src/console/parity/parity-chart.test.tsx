// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { drawnSize } from "../../testing/drawn-size.ts";
import { dayPoints, ParityChart } from "./parity-chart.tsx";

beforeAll(() => drawnSize({ width: 700, height: 176 }));
afterEach(cleanup);

const day = (date: number, compared: number, mismatches: number) => ({ day: new Date(Date.UTC(2026, 10, date)), compared, mismatches });

it("has a place for each day, also for those without anything to compare", () => {
  expect(dayPoints([day(20, 100, 2), day(22, 50, 0)]).map(({ date, share }) => [date, share])).toEqual([
    ["11-20", 0.02],
    ["11-21", null],
    ["11-22", 0],
  ]);
});

it("says beside each bar what it is a share of", () => {
  render(<ParityChart days={[day(20, 1_200, 24), day(21, 50, 0)]} />);
  expect([screen.getByText("2 % of 1,200"), screen.getByText("0 % of 50"), screen.getByText("day served, UTC")]).toHaveLength(3);
});
