import type { Resource } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import type { RunLog } from "./port.ts";

/** The run as the policy sees it. Throws not_found. */
export async function runResource(runLog: RunLog, id: string): Promise<Resource> {
  const run = await runLog.get(id);
  if (!run) throw new LarderError("not_found", `There is no run ${id}.`, { hint: "larder runs list shows them." });
  return { project: run.project, kind: "run", name: id, team: null };
}
