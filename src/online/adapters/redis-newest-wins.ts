import type { Command } from "ioredis";
import type { PackedBatch } from "../port.ts";
import { CommandWriter } from "./redis-command.ts";
import type { RowKeys } from "./redis-keys.ts";

// KEYS: the space's hash, then a key per row; ARGV: the rows. One MGET and one MSET for all, because each call into Redis costs as
// much as the rest. Times compare as four 32-bit words: Lua's own < on strings follows the server's locale.
const SCRIPT = `
local stands = redis.call('MGET', unpack(KEYS, 2))
local taken, set, n = {}, {}, 0
local written, created, unchanged, older = 0, 0, 0, 0
local words = struct.unpack
for i = 1, #ARGV do
  local key, row = KEYS[i + 1], ARGV[i]
  local old = taken[key] or stands[i]
  local wins = false
  if not old then
    wins = true
    created = created + 1
  elseif old == row then
    unchanged = unchanged + 1
  else
    local a, b, c, d = words('>I4I4I4I4', row)
    local e, f, g, h = words('>I4I4I4I4', old)
    wins = a > e or (a == e and (b > f or (b == f and (c > g or (c == g and d >= h)))))
    if not wins then older = older + 1 end
  end
  if wins then
    written = written + 1
    taken[key] = row
    set[n + 1], set[n + 2] = key, row
    n = n + 2
  end
end
if n > 0 then redis.call('MSET', unpack(set)) end
if created > 0 then redis.call('HINCRBY', KEYS[1], 'rows', created) end
return {written, created, unchanged, older, redis.call('HINCRBY', KEYS[1], 'writes', 1)}`;

const ROWS_MAX = 250; // more gains little, and keeps the server's other clients waiting longer
const BYTES_MAX = 256 * 1024;

/** What the script answers: written, created, unchanged, older, and the number of this write to the space. */
export type NewestWinsAnswer = readonly [number, number, number, number, number];

/** The end of the chunk of rows from `from` that one script takes. */
export function chunkEnd({ count, valueEnds }: PackedBatch, from: number): number {
  const start = from === 0 ? 0 : (valueEnds[from - 1] ?? 0);
  let to = Math.min(count, from + 1);
  while (to < count && to - from < ROWS_MAX && (valueEnds[to] ?? 0) - start <= BYTES_MAX) to += 1;
  return to;
}

/** Rows [from, to) as one call of the script. It is sent whole each time: it is short beside them, and then no restart can lose it. */
export function newestWinsCommand(batch: PackedBatch, { from, to }: { readonly from: number; readonly to: number }, space: RowKeys): Command {
  const { keys, keyEnds, values, valueEnds } = batch;
  const rows = to - from;
  const begin = (ends: Uint32Array): number => (from === 0 ? 0 : (ends[from - 1] ?? 0));
  const keyBytes = (keyEnds[to - 1] ?? 0) - begin(keyEnds) + rows * (space.prefix.length + space.suffix.length);
  const valueBytes = (valueEnds[to - 1] ?? 0) - begin(valueEnds);
  const writer = new CommandWriter("eval", 3 + 2 * rows, SCRIPT.length + 8 + space.hash.length + keyBytes + valueBytes);
  writer.text(SCRIPT);
  writer.text(String(rows + 1));
  writer.text(space.hash);
  for (let row = from, start = begin(keyEnds); row < to; row += 1) {
    const end = keyEnds[row] ?? start;
    writer.slice(keys, { start, end }, space);
    start = end;
  }
  for (let row = from, start = begin(valueEnds); row < to; row += 1) {
    const end = valueEnds[row] ?? start;
    writer.slice(values, { start, end });
    start = end;
  }
  return writer.finish();
}
