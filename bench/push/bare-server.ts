import { createServer } from "node:http";
import { readConfig } from "../bare/stored-rows.ts";
import { type DriverRows, encodeRows } from "./encode-rows.ts";
import { openStore } from "./plain-write.ts";

/*
 * The reference: node:http and nothing else. It decodes the same body, makes the same bytes and writes them over whatever is there:
 * no type is checked, no row is compared with the one it replaces, nobody is authorized, nothing is counted. `node bare-server.ts CONFIG.json`.
 */

const config = readConfig();
const [view] = config.views;
if (view === undefined) throw new Error("the project has no view");
const write = openStore(config, view.version);
const { features } = view;

async function answer(body: string): Promise<string> {
  const { df } = JSON.parse(body) as { readonly df: DriverRows };
  await write(df.driver_id, encodeRows(features, df));
  return JSON.stringify({ accepted: df.driver_id.length, rejected: [] });
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
