import { createServer } from "node:http";
import { type BareView, BITMAP_AT, openRows, readConfig, WIDTHS } from "../bare/stored-rows.ts";

/*
 * The reference: node:http and nothing else. It reads the same bytes with the same client, decodes them plainly, builds the answer as objects
 * and lets JSON.stringify write it. It checks nothing, authorizes nobody, counts nothing: `node bare-server.ts CONFIG.json`.
 */

const config = readConfig();
const { read: readRows } = openRows(config);

type Decode = (row: Buffer) => unknown;

interface Feature {
  readonly name: string;
  readonly view: BareView;
  readonly decode: Decode;
}

function featuresOf(view: BareView): Feature[] {
  let offset = BITMAP_AT + Math.ceil(view.features.length / 8);
  const heap = view.features.reduce((sum, { type }) => sum + (WIDTHS[type] ?? 0), offset);
  let previous: number | null = null;
  return view.features.map(({ name, type }, index) => {
    const value = decoder(type, offset, heap, previous);
    if (type === "string") previous = offset;
    offset += WIDTHS[type] ?? 0;
    const [byte, bit] = [BITMAP_AT + (index >> 3), 1 << (index & 7)];
    return { name, view, decode: (row) => (((row[byte] ?? 0) & bit) === 0 ? value(row) : null) };
  });
}

function decoder(type: string, at: number, heap: number, previous: number | null): Decode {
  switch (type) {
    case "float32":
      return (row) => row.readFloatLE(at);
    case "float64":
      return (row) => row.readDoubleLE(at);
    case "int32":
      return (row) => row.readInt32LE(at);
    case "int64":
      return (row) => row.readInt32LE(at + 4) * 0x1_0000_0000 + row.readUInt32LE(at);
    case "bool":
      return (row) => row[at] === 1;
    default:
      return (row) => row.toString("utf8", heap + (previous === null ? 0 : row.readUInt32LE(previous)), heap + row.readUInt32LE(at));
  }
}

const features = new Map(config.views.flatMap((view) => featuresOf(view).map((feature) => [`${view.name}:${feature.name}`, feature])));

interface Result {
  readonly values: readonly unknown[];
  readonly statuses: readonly string[];
  readonly event_timestamps: readonly string[];
}

interface ViewRows {
  readonly rows: readonly (Buffer | null)[];
  /** Why there is no value, or null. */
  readonly absent: readonly (string | null)[];
  readonly times: readonly string[];
  readonly present: readonly string[];
}

function viewRows(rows: readonly (Buffer | null)[], { ttlMs }: BareView): ViewRows {
  const oldest = Date.now() - ttlMs;
  const millis = rows.map((row) => (row === null ? 0 : ((row.readUInt32BE(0) ^ 0x8000_0000) * 0x1_0000_0000 + row.readUInt32BE(4)) / 1_000));
  const absent = rows.map((row, index) => (row === null ? "NOT_FOUND" : (millis[index] ?? 0) < oldest ? "OUTSIDE_MAX_AGE" : null));
  return { rows, absent, times: millis.map((time) => new Date(time).toISOString()), present: absent.map((status) => status ?? "PRESENT") };
}

function resultOf({ decode }: Feature, { rows, absent, times, present }: ViewRows): Result {
  let isWhole = true;
  const values = rows.map((row, index) => {
    const value = row === null || absent[index] !== null ? null : decode(row);
    if (value === null) isWhole = false;
    return value;
  });
  const statuses = isWhole ? present : values.map((value, index) => absent[index] ?? (value === null ? "NULL_VALUE" : "PRESENT"));
  return { values, statuses, event_timestamps: times };
}

async function answer(text: string): Promise<string> {
  const asked = JSON.parse(text) as { features: string[]; entities: { driver_id: number[] } };
  const ids = asked.entities.driver_id;
  const wanted = asked.features.map((name) => features.get(name) as Feature);
  const views = [...new Set(wanted.map(({ view }) => view))];
  const found = await readRows(ids, views);
  const byView = new Map(views.map((view, index) => [view, viewRows(found[index] ?? [], view)]));
  const keys: Result = { values: ids, statuses: ids.map(() => "PRESENT"), event_timestamps: ids.map(() => "1970-01-01T00:00:00Z") };
  const results = [keys, ...wanted.map((feature) => resultOf(feature, byView.get(feature.view) as ViewRows))];
  return JSON.stringify({ metadata: { feature_names: ["driver_id", ...wanted.map(({ name }) => name)] }, results });
}

const server = createServer((request, response) => {
  if (request.method === "GET") return void response.end("ok"); // somebody waits for the start
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", async () => {
    const body = await answer((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString("utf8") ?? "");
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
    response.end(body);
  });
});
server.listen(config.port, "127.0.0.1");
process.once("SIGTERM", () => process.exit(0));
