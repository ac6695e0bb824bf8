import { type Expectation, findingText } from "../../domain/index.ts";
import { type MaterializeChecks, type MaterializeReceipt, readReceipt, type StartedRuns } from "../../materialize/index.ts";
import type { Run } from "../../runs/index.ts";
import { count, textTable } from "../output.ts";

export type MaterializeDocument = ReturnType<typeof materializeDocument>;

/** What materialize prints with --json: one entry per view, figures from the receipt. */
export function materializeDocument(started: StartedRuns, runs: readonly Run[]) {
  const views = runs.map((run) => viewDocument(run));
  const has = (state: Run["state"]) => views.some((view) => view.state === state);
  const state = has("failed") ? "failed" : has("cancelled") ? "cancelled" : has("queued") || has("running") ? "queued" : "succeeded";
  return { group: started.group, state, views } as const;
}

function viewDocument(run: Run) {
  const receipt = readReceipt(run.receipt);
  return {
    run: run.id,
    view: run.subject.replace(/^feature_view:/, ""),
    state: run.state,
    ...receiptDocument(receipt),
    error: run.error,
  };
}

/** The figures of a receipt under the names of --json; null where there is none yet. */
export function receiptDocument(receipt: MaterializeReceipt | null) {
  return {
    start: receipt?.start ?? null,
    end: receipt?.end ?? null,
    rows_read: receipt?.rowsRead ?? null,
    keys: receipt?.keys ?? null,
    written: receipt?.written ?? null,
    unchanged: receipt?.unchanged ?? null,
    skipped_older: receipt?.skippedOlder ?? null,
    rejected: receipt?.rejected ?? null,
    rejections: receipt?.rejections ?? [],
    checks: checksDocument(receipt?.checks ?? null),
    bytes: receipt?.bytes ?? null,
    seconds: receipt?.seconds ?? null,
    phases: receipt?.phases ?? null,
    window: receipt?.windowNote ?? null,
    checksum_offline: receipt?.checksumOffline ?? null,
    checksum_online: receipt?.checksumOnline ?? null,
  };
}

function checksDocument(checks: MaterializeChecks | null) {
  if (checks === null) return null;
  const findings = checks.findings.map(({ feature, expectation, limit, rows, of, onFailure, example }) => ({
    feature,
    expectation: EXPECTATION_NAMES[expectation],
    limit,
    rows,
    of,
    on_failure: onFailure,
    example,
    text: findingText({ feature, expectation, limit, rows, of, onFailure, example }),
  }));
  return { expected: checks.expected, overridden: checks.overridden, findings };
}

const EXPECTATION_NAMES = { min: "min", max: "max", allowed: "allowed", nullRateMax: "null_rate_max", unique: "unique" } as const satisfies Record<
  Expectation,
  string
>;

/** The receipt for people. */
export function materializeText({ views }: MaterializeDocument): string {
  const number = (value: number | null) => (value === null ? "" : count(value));
  const rows = views.map((view) => [
    view.view,
    view.state,
    number(view.rows_read),
    number(view.keys),
    number(view.written),
    number(view.skipped_older),
    number(view.rejected),
    view.seconds === null ? "" : view.seconds.toFixed(1),
    view.checks === null || view.checks.expected === 0 ? "" : `${view.checks.expected - view.checks.findings.length} of ${view.checks.expected} hold`,
    view.checksum_offline === null ? "" : view.checksum_offline === view.checksum_online ? "offline = online" : "DIFFER",
    view.run,
  ]);
  const table = textTable(["view", "state", "read", "keys", "written", "older", "rejected", "s", "checks", "checksum", "run"], rows);
  const notes = views.flatMap((view) => [
    ...(view.window?.startsWith("nothing to do") ? [`${view.view}: ${view.window}`] : []),
    ...(view.checks?.findings ?? []).map(({ text }) => `${view.view}: not as expected: ${text}`),
    ...(view.checks?.overridden ? [`${view.view}: written all the same, as asked by --allow-failed-checks`] : []),
    ...view.rejections.map(({ reason, count: times }) => `${view.view}: ${count(times)} rejected: ${reason}`),
    ...(view.error ? [`${view.view}: ${view.error.message}${view.error.hint ? ` ${view.error.hint}` : ""}`] : []),
  ]);
  return [table, ...notes].join("\n");
}
