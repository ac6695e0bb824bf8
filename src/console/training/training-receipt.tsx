import { Download } from "lucide-react";
import type { TrainingReceipt } from "../../trpc/index.ts";
import { formatBytes, formatCount, formatSeconds } from "../format/index.ts";
import { Button } from "../ui/button.tsx";
import { Health } from "../ui/health.tsx";
import { ChangeList } from "./change-list.tsx";
import { MatchTable } from "./match-table.tsx";

/** What a run made: rows, matches, whether the bytes are those of the run before. */
export function TrainingReceiptPanel({ receipt, run }: { readonly receipt: TrainingReceipt; readonly run: string }) {
  const { rows, features, bytes, seconds, checksum, compared, rejected, views } = receipt;
  return (
    <div className="space-y-4">
      <p className="tabular text-ink text-sm">
        {formatCount(rows)} rows with {formatCount(features.length)} features, {formatBytes(bytes)}, in {formatSeconds(seconds)}
      </p>
      <MatchTable views={views} />
      {compared && (
        <div className="space-y-1">
          <Health state={compared.sameBytes ? "good" : "attention"} className="whitespace-normal">
            {compared.sameBytes ? "The same bytes as the run before" : "Not the bytes of the run before"}
          </Health>
          {compared.changed.length > 0 && <ChangeList changes={compared.changed} />}
        </div>
      )}
      {rejected.length > 0 && (
        <ul className="text-ink-2 text-sm" aria-label="Source rows left out">
          {rejected.map(({ view, reason, count }) => (
            <li key={`${view}${reason}`}>
              {view}: {formatCount(count)} source rows left out: {reason}
            </li>
          ))}
        </ul>
      )}
      <p className="break-all font-mono text-2xs text-ink-3">sha256 {checksum}</p>
      <DownloadButtons run={run} />
    </div>
  );
}

function DownloadButtons({ run }: { readonly run: string }) {
  return (
    <div className="flex flex-wrap gap-2">
      {(["parquet", "csv"] as const).map((format) => (
        <Button key={format} asChild>
          <a href={`/api/runs/${run}/download?format=${format}`} download>
            <Download aria-hidden="true" /> {format === "parquet" ? "Parquet" : "CSV"}
          </a>
        </Button>
      ))}
    </div>
  );
}
