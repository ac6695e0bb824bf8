import { type BareConfig, openRows } from "../bare/stored-rows.ts";
import type { Servers } from "../harness/servers.ts";
import { DRIVERS, MARK, pushBody } from "./fixture.ts";

const ROWS = 500;

/** One push to both servers must leave the same bytes in both stores; and of an older one Larder must keep nothing. */
export async function assertSameRows(servers: Servers, configs: Readonly<Record<keyof Servers, BareConfig>>): Promise<void> {
  const body = pushBody({ rows: ROWS, first: 0, second: 1 }).replaceAll(MARK, "000002");
  await Promise.all([push(servers.ours.port, body), push(servers.reference.port, body)]);
  await push(servers.ours.port, pushBody({ rows: ROWS, first: 0, second: 1 }).replaceAll(MARK, "000001"));
  const ids = Array.from({ length: ROWS }, (_, index) => (index * 37) % DRIVERS);
  const [ours, theirs] = [await stored(configs.ours, ids), await stored(configs.reference, ids)];
  const wrong = ids.findIndex((_, index) => ours[index] === null || ours[index] !== theirs[index]);
  if (wrong >= 0) throw new Error(`the stores do not agree about driver ${ids[wrong]}:\n${ours[wrong]}\n${theirs[wrong]}`);
}

async function stored(config: BareConfig, ids: readonly number[]): Promise<(string | null)[]> {
  const { read, close } = openRows(config);
  try {
    const [rows = []] = await read(ids, config.views);
    return rows.map((row) => row?.toString("hex") ?? null);
  } finally {
    close();
  }
}

async function push(port: number, body: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/push`, { method: "POST", body, headers: { "content-type": "application/json" } });
  const text = await answer.text();
  const { accepted, rejected } = JSON.parse(text) as { readonly accepted: number; readonly rejected: readonly unknown[] };
  if (!answer.ok || accepted !== ROWS || rejected.length > 0) throw new Error(`the push was not taken: ${answer.status} ${text.slice(0, 500)}`);
}
