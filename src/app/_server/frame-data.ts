import "server-only";
import type { Outputs } from "../../console/shell/trpc.ts";
import { getQueryClient, trpc } from "./trpc.ts";

const PATIENCE_MS = 1_500;

export interface FrameData {
  /** null: not known just now. */
  readonly projects: Outputs["project"]["list"] | null;
  /** The newest run event at this time; null: not known. */
  readonly cursor: number | null;
}

/** What the frame needs before anything else. Without the database the frame still comes, and fills itself later. */
export async function frameData(): Promise<FrameData> {
  const client = getQueryClient();
  // The cursor first: whatever happens after it is replayed to the page.
  const asked = client
    .fetchQuery(trpc.live.cursor.queryOptions())
    .then(async (cursor) => ({ cursor, projects: await client.fetchQuery(trpc.project.list.queryOptions()) }))
    .catch(() => null);
  const answer = await Promise.race([asked, new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS))]);
  return answer ?? { projects: null, cursor: null };
}
