// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { NowProvider } from "../ui/now.tsx";
import { TooltipProvider } from "../ui/tooltip.tsx";
import { SilentWorker } from "./worker-state.tsx";

afterEach(cleanup);

it.each([
  ["that never was", null, true],
  ["that was heard of two minutes ago", 120_000, true],
  ["that lives", 5_000, false],
])("says what stands still without a worker: one %s", (_, agoMs, isSilent) => {
  const now = Date.now();
  render(
    <NowProvider initial={now}>
      <TooltipProvider>
        <SilentWorker seenAt={agoMs === null ? null : new Date(now - agoMs)} />
      </TooltipProvider>
    </NowProvider>,
  );
  expect(screen.queryByText("No worker is running") !== null).toBe(isSilent);
});
