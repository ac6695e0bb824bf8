import type { Prisma, RunEvent as RunEventRow, Run as RunRow } from "../../../prisma/generated/client.ts";
import type { Run, RunEvent, RunFailure, RunProgress, RunState } from "../port.ts";

/** Rows are written by this folder only, so the JSON columns hold what the port says. */
export function toRun(row: RunRow & { readonly project: { readonly name: string } }): Run {
  return {
    id: row.id,
    group: row.groupId,
    project: row.project.name,
    kind: row.kind,
    subject: row.subject,
    state: row.state as RunState,
    request: row.request,
    progress: row.progress as RunProgress | null,
    checkpoint: row.checkpoint,
    receipt: row.receipt,
    error: row.error as RunFailure | null,
    waitingFor: row.waitingFor,
    actor: { kind: row.actorKind as Run["actor"]["kind"], id: row.actorId, name: row.actorName },
    attempt: row.attempt,
    worker: row.worker,
    cancelRequested: row.cancelRequested,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  };
}

export function toRunEvent(row: RunEventRow & { readonly run: { readonly project: { readonly name: string } } }): RunEvent {
  return { id: Number(row.id), run: row.runId, project: row.run.project.name, at: row.at, type: row.type as RunEvent["type"], body: row.body };
}

/** JSON for a column; a bigint in it would be a mistake of ours. */
export function toJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
}
