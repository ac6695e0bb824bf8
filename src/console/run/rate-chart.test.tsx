// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { drawnSize } from "../../testing/drawn-size.ts";
import { RateChart } from "./rate-chart.tsx";

beforeAll(() => drawnSize({ width: 700, height: 220 }));
afterEach(cleanup);

const point = (seconds: number, perSecond: number) => ({ seconds, stage: "write", unit: "keys", done: seconds * 100, perSecond });

it("draws the pace of a run over its time, in the unit of its progress", () => {
  render(<RateChart unit="keys" points={[point(0, 0), point(1, 50_000), point(2, 20_000)]} />);
  expect(screen.getByText("time since the start")).toBeTruthy();
  expect(screen.getByText("keys/s")).toBeTruthy();
  expect(document.querySelector(".recharts-line-curve")?.getAttribute("d")?.match(/L/g)).toHaveLength(2);
  expect(document.querySelectorAll(".recharts-line-dots circle")).toHaveLength(0);
});

it("shows a run with a single figure as a point, since a line needs two", () => {
  render(<RateChart unit="keys" points={[point(1, 50_000)]} />);
  expect(document.querySelectorAll(".recharts-line-dots circle, circle.recharts-line-dot")).not.toHaveLength(0);
});
