import { findingText } from "../../domain/index.ts";
import type { MaterializeReceipt } from "../../trpc/index.ts";
import { plural } from "../format/index.ts";
import { Badge } from "../ui/badge.tsx";
import { Health } from "../ui/health.tsx";

/** What the rows were found to be like before any was written; nothing where nothing was expected. */
export function RunChecks({ checks: { expected, findings, overridden } }: Pick<MaterializeReceipt, "checks">) {
  if (expected === 0) return null;
  if (findings.length === 0) return <Health state="good">All {plural(expected, "expectation")} hold: 0 rows rejected by checks.</Health>;
  return (
    <div>
      <Health state="attention" className="whitespace-normal font-medium">
        {findings.length} of {plural(expected, "expectation")} {findings.length === 1 ? "does" : "do"} not hold
        {overridden ? "; the rows were written all the same, as asked" : ""}
      </Health>
      <ul className="mt-1.5 divide-y divide-line rounded-lg border border-line">
        {findings.map((finding) => (
          <li key={`${finding.feature}:${finding.expectation}`} className="flex items-baseline justify-between gap-4 px-3 py-1.5 text-sm">
            <span className="min-w-0 break-words text-ink">{findingText(finding)}</span>
            <Badge>{finding.onFailure === "block" ? "blocks" : "warns"}</Badge>
          </li>
        ))}
      </ul>
    </div>
  );
}
