// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { drawnSize } from "../../testing/drawn-size.ts";
import { NowProvider } from "../ui/now.tsx";
import { TooltipProvider } from "../ui/tooltip.tsx";
import type { Profile, useProfiles } from "../view/use-profiles.ts";
import { DistributionPanel } from "./distribution-panel.tsx";

beforeAll(() => drawnSize({ width: 700, height: 220 }));
afterEach(cleanup);

const bin = (label: string, count: number, low: number | null = null) => ({ label, low, high: low === null ? null : low + 1, count });
const NUMBERS: Profile = {
  feature: "trips",
  rows: 200,
  nulls: 20,
  distinctApprox: 3,
  min: 0,
  max: 2,
  mean: 1,
  sd: 0.5,
  quantiles: [0, 0.1, 0.5, 1, 1.5, 1.9, 2],
  histogram: [bin("0 – 1", 120, 0), bin("1 – 2", 60, 1)],
};

function show(profile: Profile | null, again = vi.fn()) {
  const data = profile && { view: "driver_stats", computedAt: Date.now(), seconds: 1.2, sourceChanged: false, profiles: [profile] };
  const figures = {
    query: { data, isError: profile === null, error: new Error("the source is gone"), isFetching: false, refetch: again },
    again: { isPending: false, mutate: again },
    byFeature: profile && new Map([[profile.feature, profile]]),
  } as unknown as ReturnType<typeof useProfiles>;
  render(
    <NowProvider initial={Date.now()}>
      <TooltipProvider>
        <DistributionPanel feature="trips" figures={figures} />
      </TooltipProvider>
    </NowProvider>,
  );
  return again;
}

describe("the distribution of a feature", () => {
  it("is a chart with named axes, from the left edge of each bin", async () => {
    show(NUMBERS);
    expect(await screen.findByText("value, from the left edge of each bin")).toBeTruthy();
    expect(screen.getByText("rows")).toBeTruthy();
    expect(document.querySelectorAll(".recharts-bar-rectangle")).toHaveLength(2);
  });

  it("is the same figures as a table, one click away", async () => {
    show(NUMBERS);
    await userEvent.click(screen.getByRole("radio", { name: "Table" }));
    const cells = within(screen.getByRole("table", { name: "Rows by value" }))
      .getAllByRole("cell")
      .map(({ textContent }) => textContent);
    expect(cells).toEqual(["0 – 1", "120", "60 %", "1 – 2", "60", "30 %"]);
  });

  it("names the most frequent values where they are not numbers", async () => {
    show({ ...NUMBERS, quantiles: null, histogram: [bin("night", 150), bin("day", 30)] });
    expect(await screen.findByText("most frequent values")).toBeTruthy();
    expect(screen.queryByText("Median")).toBeNull();
  });

  it("says why there is nothing to draw", () => {
    show({ ...NUMBERS, rows: 20, histogram: [] });
    expect(screen.getByText("Every value is null.")).toBeTruthy();
  });

  it("is worked out anew by a click, and tried again after an error", async () => {
    const again = show(NUMBERS);
    await userEvent.click(screen.getByRole("button", { name: "Work out anew" }));
    expect(again).toHaveBeenCalledWith({ view: "driver_stats" });
    cleanup();
    const retry = show(null);
    await userEvent.click(screen.getByRole("button", { name: /again|retry/i }));
    expect(retry).toHaveBeenCalled();
  });
});
