// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { VerdictStrip } from "./verdict-strip.tsx";

const push = vi.hoisted(() => vi.fn());
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));
vi.mock("../shell/project.tsx", () => ({ useHref: () => (path: string) => path }));
afterEach(cleanup);

const cell = (day: number, verdict: "stable" | "drift") => ({
  ...{ start: new Date(Date.UTC(2026, 10, day)), end: new Date(Date.UTC(2026, 10, day + 1)), verdict },
  ...{
    psi: verdict === "drift" ? 0.6 : 0.01,
    psiP: 0.5,
    adjustedP: verdict === "drift" ? 1e-9 : 0.5,
    wassersteinSd: null,
    baselineRows: 990,
    currentRows: 1_000,
  },
});
const cells = [cell(18, "stable"), cell(20, "drift")];

function strip() {
  render(<VerdictStrip view="driver_stats" feature="acc_rate" cells={cells} last={cells[1] ?? cell(20, "drift")} count={4} />);
  return screen.getByRole("button");
}

it("says in words what its bars show, and leaves gaps where no window was judged", () => {
  const button = strip();
  expect(button.getAttribute("aria-label")).toBe("acc_rate of driver_stats, 1 window drift, 1 stable");
  expect([...button.children].map(({ childElementCount }) => childElementCount)).toEqual([0, 1, 0, 1]);
});

it("goes along the windows with arrow keys, tells each, and opens one with Enter", () => {
  const button = strip();
  fireEvent.focus(button);
  expect(document.body.textContent).toContain("2026-11-20");
  expect(document.body.textContent).toContain("PSI 0.600, p < 0.001, n = 1,000 vs 990");
  fireEvent.keyDown(button, { key: "ArrowLeft" });
  fireEvent.keyDown(button, { key: "ArrowLeft" });
  expect(button.getAttribute("aria-label")).toContain("2026-11-18: stable, PSI 0.010, p 0.50, n = 1,000 vs 990");
  fireEvent.click(button);
  expect(push).toHaveBeenCalledWith("/monitoring/drift/driver_stats/acc_rate?window=2026-11-18T00:00:00Z");
});
