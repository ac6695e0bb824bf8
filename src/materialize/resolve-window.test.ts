import { describe, expect, it } from "vitest";
import { parseTimestamp } from "../kit/index.ts";
import type { OnlineState } from "../registry/index.ts";
import type { MaterializeWindow } from "./port.ts";
import { resolveWindow, type WindowFacts } from "./resolve-window.ts";

const at = (text: string) => parseTimestamp(`2026-11-23T${text}Z`);
const now = at("12:00:00");
const file = { "/data/a.parquet": { size: 10, modifiedMs: 1 } };

const state: OnlineState = {
  versionId: "1",
  store: "sqlite",
  eventWatermark: at("10:00:00"),
  createdWatermark: at("10:30:00"),
  epoch: "e1",
  sourceFingerprint: file,
  ready: true,
  lastRunId: null,
};
const facts: WindowFacts = { state, epoch: "e1", fingerprint: file, hasCreatedTime: true, now };
const incremental: MaterializeWindow = { kind: "incremental", end: null };

describe("resolveWindow", () => {
  it("reads everything first, and says so", () => {
    const resolved = resolveWindow(incremental, { ...facts, state: null });
    expect(resolved).toMatchObject({ window: { kind: "everything", end: now }, isFull: true, movesWatermark: true });
    expect(resolved.note).toContain("never materialized");
  });

  it("reads events after the watermark, and rows created an hour before the last run or later", () => {
    const { window } = resolveWindow(incremental, facts);
    expect(window).toEqual({ kind: "incremental", eventAfter: at("10:00:00"), end: now, createdAfter: at("09:30:00"), createdUntil: now });
  });

  it.each([
    ["the source has no created time", { hasCreatedTime: false }, null],
    ["a.parquet has changed", { fingerprint: { "/data/a.parquet": { size: 11, modifiedMs: 2 } } }, at("09:30:00")],
  ])("looks back an hour when %s", (reason, change, createdAfter) => {
    const { window, note } = resolveWindow(incremental, { ...facts, ...change });
    expect(window).toMatchObject({ eventAfter: at("09:00:00"), createdAfter });
    expect(note).toContain(reason);
  });

  it("does not look back for a file that is only new", () => {
    const fingerprint = { ...file, "/data/b.parquet": { size: 1, modifiedMs: 9 } };
    expect(resolveWindow(incremental, { ...facts, fingerprint }).window).toMatchObject({ eventAfter: at("10:00:00") });
  });

  it("reads everything when the store is another one than last time", () => {
    const resolved = resolveWindow(incremental, { ...facts, epoch: "e2" });
    expect(resolved).toMatchObject({ isFull: true, window: { kind: "everything" } });
    expect(resolved.note).toContain("flushed");
  });

  it("takes an end after now as now", () => {
    expect(resolveWindow({ kind: "incremental", end: at("23:00:00") }, facts).window).toMatchObject({ end: now });
    expect(resolveWindow({ kind: "range", start: at("09:00:00"), end: at("23:00:00") }, facts).window).toMatchObject({ end: now });
  });

  it("moves the watermark over a range only when no gap is left before it", () => {
    expect(resolveWindow({ kind: "range", start: at("10:00:00"), end: now }, facts).movesWatermark).toBe(true);
    expect(resolveWindow({ kind: "range", start: at("10:00:01"), end: now }, facts).movesWatermark).toBe(false);
    expect(resolveWindow({ kind: "range", start: at("01:00:00"), end: now }, { ...facts, state: null }).movesWatermark).toBe(false);
  });

  it.each([
    [at("11:00:00"), at("10:00:00")],
    [at("13:00:00"), at("14:00:00")], // the end is now, which is before the start
  ])("refuses a window that ends before it starts", (start, end) => {
    const attempt = () => resolveWindow({ kind: "range", start, end }, facts);
    expect(attempt).toThrow(expect.objectContaining({ code: "invalid_argument" }));
    expect(attempt).toThrow(/before it starts/);
  });

  it("takes a window of one instant", () => {
    expect(resolveWindow({ kind: "range", start: now, end: now }, facts).window).toEqual({ kind: "range", start: now, end: now });
  });
});
