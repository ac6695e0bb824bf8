import type { TrainingReceipt, TrainingSet } from "../../../training/index.ts";
import { count, textTable } from "../../output.ts";

/** A training set as `--json` gives it; what another command needs is the name and the run. */
export function setDocument(set: TrainingSet): object {
  const { name, description, spec, pins, createdBy, createdAt, updatedAt, result, resultRun, resultAt } = set;
  return {
    name,
    description,
    entity_rows: spec.entityRows,
    event_timestamp: spec.eventTimestampColumn,
    features: spec.features,
    service: spec.service,
    full_feature_names: spec.fullFeatureNames,
    known_at_delay_seconds: spec.knownAtDelaySeconds,
    views: pins.views.map(({ view, version, ttlSeconds }) => ({ view, version, ttl_seconds: ttlSeconds })),
    created_by: createdBy,
    created_at: createdAt,
    updated_at: updatedAt,
    run: resultRun,
    made_at: resultAt,
    result: result === null ? null : receiptDocument(result),
  };
}

export function receiptDocument(receipt: TrainingReceipt): object {
  const { rows, columns, bytes, checksum, seconds, views, entityRows, rejected, compared } = receipt;
  return {
    rows,
    columns,
    bytes,
    checksum,
    seconds,
    entity_rows: { from: entityRows.from, rows: entityRows.rows },
    views: views.map(({ view, version, ttlSeconds, matched, expired, notFound, source }) => {
      const counts = { matched, expired, not_found: notFound };
      return {
        view,
        version,
        ttl_seconds: ttlSeconds,
        ...counts,
        source: { name: source.source, files: source.files, bytes: source.bytes, digest: source.digest },
      };
    }),
    rejected,
    compared: compared === null ? null : { run: compared.run, same_bytes: compared.sameBytes, changed: compared.changed },
  };
}

export function receiptText(receipt: TrainingReceipt): string {
  const { rows, columns, bytes, checksum, views, seconds, compared } = receipt;
  const share = (part: number, of: { matched: number; expired: number; notFound: number }) => {
    const whole = of.matched + of.expired + of.notFound;
    return whole === 0 ? "–" : `${((part / whole) * 100).toFixed(1)}%`;
  };
  const table = textTable(
    ["view", "version", "matched", "expired", "not found"],
    views.map((view) => [view.view, String(view.version), share(view.matched, view), share(view.expired, view), share(view.notFound, view)]),
  );
  const repeated =
    compared === null ? "" : compared.sameBytes ? "\nThe same bytes as the run before." : `\nNot the bytes of the run before: ${changesText(compared.changed)}`;
  return `${count(rows)} rows, ${count(columns.length)} columns, ${count(bytes)} bytes in ${seconds.toFixed(1)} s, sha256 ${checksum}\n${table}${repeated}`;
}

export function changesText(changes: readonly { readonly what: string; readonly name: string; readonly note: string }[]): string {
  if (changes.length === 0) return "nothing that it reads has changed.";
  return changes.map(({ what, name, note }) => [what.replace("_", " "), name, `(${note})`].filter((part) => part !== "").join(" ")).join("; ");
}
