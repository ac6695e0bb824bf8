import { procedure } from "../init.ts";

const PATIENCE_MS = 1_500;

/** What snippets and the frame need to know of this installation. */
export const getSystemInfo = procedure.query(async ({ ctx }) => {
  const [workers, isServing] = await Promise.all([ctx.runtime.jobs.liveWorkers(), answers(`${ctx.serveUrl}/health`)]);
  return { serveUrl: ctx.serveUrl, actor: ctx.actor.name, workers, isServing };
});

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
  } catch {
    return false;
  }
}
