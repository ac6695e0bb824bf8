import type { Pins, SourceState, TrainingChange, TrainingReceipt } from "./port.ts";

type Read = Pick<TrainingReceipt, "entityRows" | "definition"> & { readonly views: readonly { readonly view: string; readonly source: SourceState }[] };

/** What is different from what an earlier run read. Empty: the same bytes come out again. */
export function changesSince(before: Pick<TrainingReceipt, "entityRows" | "views" | "definition">, now: Read): readonly TrainingChange[] {
  const changes: TrainingChange[] = [];
  if (before.definition !== now.definition) changes.push({ what: "definition", name: "", note: "the training set is defined otherwise" });
  if (before.entityRows.digest !== now.entityRows.digest) {
    changes.push({ what: "entity_rows", name: now.entityRows.from, note: "where the entity rows come from has changed" });
  }
  const sources = new Map(before.views.map(({ source }) => [source.source, source]));
  for (const source of new Map(now.views.map((view) => [view.source.source, view.source])).values()) {
    const old = sources.get(source.source);
    if (old !== undefined && old.digest !== source.digest) changes.push({ what: "source", name: source.source, note: howChanged(old, source) });
  }
  return changes;
}

function howChanged(old: SourceState, now: SourceState): string {
  if (old.files !== now.files) return `${old.files} files then, ${now.files} now`;
  if (old.bytes !== now.bytes) return `${old.bytes} bytes then, ${now.bytes} now`;
  return now.modified === null || now.modified === old.modified ? "other files of the same size" : `written again at ${now.modified}`;
}

/** Where a view has moved on since it was pinned. Not a change of the training set: it keeps its versions until it is told otherwise. */
export function newerThanPins(
  pins: Pins,
  newest: (view: string) => { readonly versionNumber: number; readonly ttlSeconds: number | null } | null,
): readonly TrainingChange[] {
  const changes: TrainingChange[] = [];
  for (const { view, version, ttlSeconds } of new Map(pins.views.map((one) => [one.view, one])).values()) {
    const now = newest(view);
    if (now === null) changes.push({ what: "version", name: view, note: "the view was removed" });
    else if (now.versionNumber !== version) changes.push({ what: "version", name: view, note: `version ${version} here, ${now.versionNumber} is the newest` });
    else if (now.ttlSeconds !== ttlSeconds) changes.push({ what: "ttl", name: view, note: `ttl ${ttlText(ttlSeconds)} here, ${ttlText(now.ttlSeconds)} now` });
  }
  return changes;
}

function ttlText(seconds: number | null): string {
  return seconds === null ? "without limit" : `${seconds} s`;
}
