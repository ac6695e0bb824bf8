import { setTimeout as sleep } from "node:timers/promises";
import { DROP_REASONS } from "../../src/serve/index.ts";
import type { Measure } from "../harness/bench.ts";
import { withClient } from "../harness/database.ts";
import type { LarderHome } from "../harness/larder-home.ts";
import type { LoadResult } from "../harness/load.ts";

const SETTLED_MS = 3_000;
/** After so long a quiet time each view may have ten seconds of its rows at once: more than the buffer holds. */
const REFILLED_MS = 11_000;

interface Overload {
  readonly larder: LarderHome;
  readonly server: { readonly port: number };
  /** Far more rows than may be kept. */
  readonly load: () => Promise<LoadResult>;
}

/**
 * Everything is to be kept, more than can be: once with the database at hand, once with the table of samples locked, as if it hung.
 * Serving must go on alike, and each drawn row must be stored, waiting, or dropped with a reason.
 */
export async function measureOverload({ larder, server, load }: Overload): Promise<readonly Measure[]> {
  await sleep(REFILLED_MS);
  const start = await counters(server);
  const free = await load();
  await sleep(SETTLED_MS);
  const between = await counters(server);
  await sleep(REFILLED_MS);
  const held = await withClient(larder, async (client) => {
    await client.query("BEGIN");
    await client.query("LOCK TABLE served_sample IN ACCESS EXCLUSIVE MODE");
    const result = await load();
    await client.query("ROLLBACK");
    return result;
  });
  await sleep(SETTLED_MS);
  const end = await counters(server);
  const missing = end.drawn - end.stored - DROP_REASONS.reduce((sum, reason) => sum + (end[reason] ?? 0), 0);
  if (missing !== 0) throw new Error(`${missing} drawn rows are neither stored nor dropped`);
  const perSecond = ({ requests, seconds }: LoadResult): number[] => [requests / seconds];
  const rows = (what: string, of: (counts: Counters) => number): Measure => ({
    what: `  ${what}`,
    unit: "rows",
    ours: [of(end) - of(between)],
    reference: [of(between) - of(start)],
  });
  return [
    { what: "overload, PostgreSQL hangs (reference: it does not)", unit: "req/s", ours: perSecond(held), reference: perSecond(free) },
    rows("drawn", ({ drawn }) => drawn),
    rows("stored", ({ stored }) => stored),
    ...DROP_REASONS.map((reason) => rows(`dropped: ${reason}`, (counts) => counts[reason] ?? 0)),
  ];
}

type Counters = Readonly<Record<string, number>> & { readonly drawn: number; readonly stored: number };

async function counters({ port }: Overload["server"]): Promise<Counters> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const read = (name: string): number => Number(new RegExp(`^larder_served_samples_${name} (\\S+)$`, "m").exec(text)?.[1] ?? Number.NaN);
  const dropped = Object.fromEntries(DROP_REASONS.map((reason) => [reason, read(`dropped_total\\{reason="${reason}"\\}`)]));
  return { ...dropped, drawn: read("drawn_total"), stored: read("stored_total") };
}
