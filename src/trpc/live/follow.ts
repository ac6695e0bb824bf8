import { tracked } from "@trpc/server";
import { z } from "zod";
import { LarderError } from "../../kit/index.ts";
import type { RunEvent } from "../../runs/index.ts";
import { toTrpcError } from "../errors.ts";
import { type ProjectContext, projectProcedure } from "../init.ts";
import { type ShownRun, toShownRun } from "../run/shown-run.ts";
import { type Channel, channel } from "./channel.ts";
import { onRegistryChange } from "./registry-changes.ts";

/** What a page hears while it is open. `reset`: it missed more than is worth replaying and should ask again for all that it shows. */
export type LiveMessage =
  | { readonly kind: "run"; readonly event: RunEvent; readonly run: ShownRun | null }
  | { readonly kind: "registry" }
  | { readonly kind: "reset" };

const REPLAY_MAX = 2_000;
/** Events are waited for without a word while the database is away; the page must hear of that, so the stream ends then and the page asks again. */
const PING_MS = 4_000;

/** Runs and registry changes of one project as they happen, from `lastEventId` on (none: from now). One subscription a page. */
export const followLive = projectProcedure.input(z.object({ lastEventId: z.coerce.number().int().min(0).nullish() }).optional()).subscription(async function* ({
  ctx,
  input,
  signal,
}) {
  const over = new AbortController();
  const stop = AbortSignal.any([over.signal, ctx.shutdown, ...(signal ? [signal] : [])]);
  const last = await ctx.runtime.runLog.lastEventId();
  const asked = input?.lastEventId ?? last;
  // Ids above ours are of another database: an event log that was thrown away.
  const replays = asked <= last && last - asked <= REPLAY_MAX;
  let cursor = replays ? asked : last;
  if (!replays) yield tracked(String(cursor), { kind: "reset" } as LiveMessage);
  const messages = channel<LiveMessage>();
  const leave = onRegistryChange(ctx.runtime.registry, (project) => project === ctx.project.name && messages.push({ kind: "registry" }));
  stop.addEventListener("abort", () => messages.close());
  void pumpRuns(ctx, cursor, stop, messages);
  const heartbeat = setInterval(() => void ctx.runtime.ping().catch(messages.fail), PING_MS);
  try {
    for await (const message of messages) {
      if (message.kind === "run") cursor = message.event.id;
      yield tracked(String(cursor), message);
    }
  } catch (error) {
    // Thrown while the stream is open, so the middleware that maps errors has returned long ago.
    throw toTrpcError(error);
  } finally {
    clearInterval(heartbeat);
    leave();
    over.abort();
  }
  // A subscription that returns is over for good; this makes the page come back to the next process.
  if (ctx.shutdown.aborted) throw toTrpcError(new LarderError("unavailable", "This process is stopping."));
});

async function pumpRuns({ runtime, project }: ProjectContext, after: number, signal: AbortSignal, messages: Channel<LiveMessage>): Promise<void> {
  try {
    for await (const event of runtime.runLog.follow({ after, project: project.name, signal })) {
      const run = await runtime.runLog.get(event.run);
      messages.push({ kind: "run", event, run: run && toShownRun(run) });
    }
    messages.close();
  } catch (error) {
    messages.fail(error);
  }
}
