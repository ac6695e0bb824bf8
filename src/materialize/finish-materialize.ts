import { formatTimestamp, type Micros } from "../kit/index.ts";
import type { OnlineState, SnapshotView } from "../registry/index.ts";
import type { Checkpoint } from "./documents.ts";
import type { MaterializeReceipt } from "./port.ts";
import { combineChecksums } from "./verify-shard.ts";

/** Where the watermarks stand after a run, given where they stood before: forward only, and only over windows without a gap. */
export function nextOnlineState(before: OnlineState | null, done: Checkpoint, run: string): OnlineState {
  const { resolved, stage } = done;
  const keeps = before?.epoch === done.epoch ? before : null;
  const event = resolved.movesWatermark ? later(keeps?.eventWatermark ?? null, stage.newestEvent) : (keeps?.eventWatermark ?? null);
  return {
    versionId: done.versionId,
    store: done.store,
    eventWatermark: event,
    createdWatermark: resolved.movesWatermark && resolved.window.kind !== "range" ? done.startedAt : (keeps?.createdWatermark ?? null),
    epoch: done.epoch,
    sourceFingerprint: resolved.movesWatermark ? done.fingerprint : (keeps?.sourceFingerprint ?? null),
    ready: resolved.isFull || (before?.ready ?? false),
    lastRunId: run,
  };
}

function later(a: Micros | null, b: Micros | null): Micros | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

export function materializeReceipt(view: SnapshotView, done: Checkpoint, seconds: number): MaterializeReceipt {
  const { resolved, stage, counts } = done;
  const { window } = resolved;
  return {
    view: view.view.name,
    version: view.newest.versionNumber,
    store: done.store,
    windowNote: stage.keys === 0 ? `nothing to do: no rows in ${resolved.note}` : resolved.note,
    start: window.kind === "range" ? formatTimestamp(window.start) : window.kind === "incremental" ? formatTimestamp(window.eventAfter) : null,
    end: formatTimestamp(window.end),
    rowsRead: stage.rowsRead,
    keys: stage.keys,
    written: counts.written,
    unchanged: counts.unchanged,
    skippedOlder: counts.skippedOlder,
    rejected: stage.rejected.reduce((sum, rejection) => sum + rejection.count, 0),
    rejections: stage.rejected,
    checks: done.checks,
    bytes: counts.bytes,
    seconds,
    phases: done.seconds,
    checksumOffline: combineChecksums(done.checksums.offline),
    checksumOnline: combineChecksums(done.checksums.online),
    newestEvent: stage.newestEvent === null ? null : formatTimestamp(stage.newestEvent),
  };
}
