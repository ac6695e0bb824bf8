// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { ChartFrame } from "./chart-frame.tsx";
import { TooltipProvider } from "./tooltip.tsx";

const saved = vi.hoisted(() => vi.fn());
vi.mock("./save-file.ts", () => ({ saveFile: saved }));
afterEach(cleanup);

const figures = {
  columns: [{ name: "bin" }, { name: "share", format: (value: number) => `${Math.round(value * 100)} %` }],
  rows: [
    ["≤ 1", 0.25],
    ["> 1", 0.75],
  ],
};

it("has the table of the same figures one click away, and saves them whole as CSV", async () => {
  render(
    <TooltipProvider>
      <ChartFrame title="Which values moved?" file="moved" figures={figures}>
        <p>the chart</p>
      </ChartFrame>
    </TooltipProvider>,
  );
  expect(screen.getByText("the chart")).toBeTruthy();
  await userEvent.click(screen.getByRole("radio", { name: "Table" }));
  const table = screen.getByRole("table", { name: "Which values moved?" });
  expect(
    within(table)
      .getAllByRole("cell")
      .map(({ textContent }) => textContent),
  ).toEqual(["≤ 1", "25 %", "> 1", "75 %"]);
  await userEvent.click(screen.getByRole("button", { name: "Export: Which values moved?" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Figures as CSV" }));
  const [name, blob] = saved.mock.calls[0] ?? [];
  expect([name, await (blob as Blob).text()]).toEqual(["moved.csv", "bin,share\r\n≤ 1,0.25\r\n> 1,0.75\r\n"]);
});
