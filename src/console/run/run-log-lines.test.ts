import { describe, expect, it } from "vitest";
import { logLines } from "./run-log-lines.ts";

const at = new Date(0);
const line = (type: "state" | "log" | "progress", body: unknown) => logLines([{ id: 1, run: "r", project: "p", at, type, body }])[0];

describe("the log of a run", () => {
  it.each([
    [{ state: "queued" }, "Queued.", "state"],
    [{ state: "running", attempt: 1, worker: "worker-7" }, "Started by worker-7.", "state"],
    [{ state: "running", attempt: 2, worker: "worker-8" }, "Taken up by worker-8, attempt 2.", "state"],
    [{ state: "running", waitingFor: "redis" }, "Waiting for redis.", "state"],
    [{ state: "running", waitingFor: null }, "It answers again; going on.", "state"],
    [{ state: "running", cancelRequested: true }, "Cancel was asked for.", "state"],
    [{ state: "failed", error: { message: "No such file." } }, "Failed: No such file.", "failed"],
    [{ state: "failed" }, "Failed: without a word.", "failed"],
  ])("says %j as “%s”", (body, text, level) => expect(line("state", body)).toEqual({ id: 1, at, level, text }));

  it("keeps log lines with their level and leaves progress out", () => {
    expect(line("log", { level: "warn", message: "slow" })).toMatchObject({ level: "warn", text: "slow" });
    expect(line("log", null)).toMatchObject({ level: "info", text: "" });
    expect(line("progress", { done: 1 })).toBeUndefined();
  });
});
