import type { Outputs } from "../shell/trpc.ts";

type RunEvent = Outputs["run"]["events"][number];

export interface LogLine {
  readonly id: number;
  readonly at: Date;
  readonly level: "info" | "warn" | "error" | "state" | "failed";
  readonly text: string;
}

/** What happened, line by line: log lines as they are, changes of state in words. Progress is drawn, not listed. */
export function logLines(events: readonly RunEvent[]): readonly LogLine[] {
  return events.flatMap(({ id, at, type, body }): LogLine[] => {
    const record = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
    if (type === "log") return [{ id, at, level: readLevel(record.level), text: String(record.message ?? "") }];
    if (type === "state") return [{ id, at, level: record.state === "failed" ? "failed" : "state", text: stateText(record) }];
    return [];
  });
}

function readLevel(level: unknown): LogLine["level"] {
  return level === "warn" || level === "error" ? level : "info";
}

function stateText({ state, attempt, worker, waitingFor, cancelRequested, error }: Record<string, unknown>): string {
  if (cancelRequested === true) return "Cancel was asked for.";
  if (typeof waitingFor === "string") return `Waiting for ${waitingFor}.`;
  if (waitingFor === null) return "It answers again; going on.";
  switch (state) {
    case "queued":
      return "Queued.";
    case "running":
      return attempt === 1 ? `Started by ${worker}.` : `Taken up by ${worker}, attempt ${attempt}.`;
    case "succeeded":
      return "Succeeded.";
    case "cancelled":
      return "Cancelled.";
    case "failed":
      return `Failed: ${messageOf(error)}`;
    default:
      return String(state);
  }
}

function messageOf(error: unknown): string {
  const message = typeof error === "object" && error !== null ? (error as Record<string, unknown>).message : undefined;
  return typeof message === "string" ? message : "without a word.";
}
