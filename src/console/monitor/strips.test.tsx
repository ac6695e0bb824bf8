// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { AgesChart } from "./ages-chart.tsx";
import { expiredPoints } from "./expired-chart.tsx";
import { HeatStrip, HourTicks } from "./heat-strip.tsx";

afterEach(cleanup);

const FROM = new Date(Date.UTC(2026, 10, 20, 9));
const hour = (index: number) => new Date(FROM.getTime() + index * 3_600_000);

it("tells each hour of a view by keyboard, and opens the one under the mark", () => {
  const onOpen = vi.fn();
  const cells = [
    { at: hour(1), state: "on time", cause: null },
    { at: hour(3), state: "late", cause: "source_silent" },
  ] as const;
  render(<HeatStrip view="driver_stats" from={FROM} hours={4} cells={cells} onOpen={onOpen} />);
  const strip = screen.getByRole("button", { name: "driver_stats: 1 hour on time, 1 hour late" });
  expect([...strip.children].map(({ childElementCount }) => childElementCount)).toEqual([0, 1, 0, 1]);
  fireEvent.focus(strip);
  expect(strip.getAttribute("aria-label")).toContain("2026-11-20 12:00 to 13:00 UTC: late, source silent");
  expect(document.body.textContent).toContain("source silent");
  fireEvent.click(strip);
  expect(onOpen).toHaveBeenCalledWith(hour(3));
});

it("names midnights by their date and leaves out what would be cut off at the end", () => {
  const { container } = render(<HourTicks from={FROM} hours={24} />);
  expect(container.textContent).toBe("12:0018:0011-21"); // 06:00 stands too near to the end
});

it("draws ages over the edges of their spans, with the ttl named", () => {
  const ages = [3_600, 7_200, null].map((upToSeconds, index) => ({ upToSeconds, keys: index * 1_500 }));
  const { container } = render(<AgesChart row={{ view: "driver_stats", ages, ttlSeconds: 7_200 }} />);
  expect(screen.getByText("ttl 2 h")).toBeTruthy();
  expect(container.textContent).toContain("n = 4,500 keys; striped: beyond the ttl");
  expect(container.querySelectorAll(".bg-striped-attention")).toHaveLength(1);
});

it("leaves a gap in the expired share where nobody looked for hours", () => {
  const points = expiredPoints([0, 1, 7].map((index) => ({ at: hour(index), looked: 10, expired: index })));
  expect(points.map(({ share }) => share)).toEqual([0, 0.1, null, 0.7]);
});
