import { formatTimestamp } from "../kit/index.ts";
import type { MaterializeRequest } from "./documents.ts";

/** The command line that asks for the same. */
export function commandLine({ view, window, allowFailedChecks }: MaterializeRequest): string {
  const checks = allowFailedChecks ? " --allow-failed-checks" : "";
  switch (window.kind) {
    case "everything":
      return `larder materialize ${view} --all${checks}`;
    case "range":
      return `larder materialize ${view} --start ${formatTimestamp(window.start)} --end ${formatTimestamp(window.end)}${checks}`;
    case "incremental":
      return `larder materialize-incremental ${view}${window.end === null ? "" : ` --end ${formatTimestamp(window.end)}`}${checks}`;
  }
}
