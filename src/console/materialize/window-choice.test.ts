import { describe, expect, it } from "vitest";
import { chosenWindow, lastDay } from "./window-choice.ts";

describe("the window of the materialize dialog", () => {
  it("asks for everything new or everything at all without times", () => {
    expect(chosenWindow({ kind: "incremental", from: "x", to: "y" })).toEqual({ ok: true, window: { kind: "incremental", end: null } });
    expect(chosenWindow({ kind: "everything", from: "", to: "" })).toEqual({ ok: true, window: { kind: "everything" } });
  });

  it("reads both fields of a range as UTC, and says when one is empty", () => {
    const range = { kind: "range", from: "2026-11-22T08:00", to: "2026-11-23T08:00" } as const;
    expect(chosenWindow(range)).toEqual({ ok: true, window: { kind: "range", start: "2026-11-22T08:00Z", end: "2026-11-23T08:00Z" } });
    expect(chosenWindow({ ...range, to: "" })).toEqual({ ok: false, reason: "Choose both ends of the range." });
  });

  it("begins with the day that ends now", () => {
    expect(lastDay(Date.UTC(2026, 10, 23, 9, 4, 5))).toEqual({ from: "2026-11-22T09:04", to: "2026-11-23T09:04" });
  });
});
