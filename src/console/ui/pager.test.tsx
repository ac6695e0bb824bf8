// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { Pager } from "./pager.tsx";
import { TooltipProvider } from "./tooltip.tsx";

afterEach(cleanup);

function pager(page: number, onPage = vi.fn()) {
  render(
    <TooltipProvider>
      <Pager page={page} pageSize={25} total={63} onPage={onPage} />
    </TooltipProvider>,
  );
  return onPage;
}

it("says which rows of how many are shown", () => {
  pager(3);
  expect(screen.getByText("51–63 of 63")).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Next page" }).disabled).toBe(true);
});

it("leads back from a page that is there no more", () => {
  const onPage = pager(77);
  fireEvent.click(screen.getByRole("button", { name: "Go to the last page" }));
  expect(onPage).toHaveBeenCalledWith(3);
});
