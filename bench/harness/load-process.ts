import { connect } from "node:net";
import { text } from "node:stream/consumers";
import type { Load, LoadResult } from "./load.ts";

/*
 * The load generator, a process of its own: plain sockets, one request at a time on each, nothing parsed but the length of the answer, so
 * that it costs far less than any server. Reads a Load as JSON from stdin, prints a LoadResult.
 */

const { port, path, bodies, connections, seconds, mark }: Load = JSON.parse(await text(process.stdin));

interface Prepared {
  readonly bytes: Buffer;
  /** Where the mark stands. */
  readonly places: readonly number[];
}

const requests = bodies.map((body): Prepared => {
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const bytes = Buffer.from(head + body);
  const places: number[] = [];
  if (mark !== null) for (let at = bytes.indexOf(mark.text); at >= 0; at = bytes.indexOf(mark.text, at + 1)) places.push(at);
  return { bytes, places };
});

let sent = 0;
const times: number[] = [];

/** The next request; a mark in it becomes the number of the request, so that no two are the same. */
function nextRequest(): Buffer {
  const { bytes, places } = requests[sent % requests.length] ?? { bytes: Buffer.alloc(0), places: [] };
  if (mark !== null) {
    const number = Buffer.from(String(mark.first + sent).padStart(mark.text.length, "0"));
    for (const place of places) number.copy(bytes, place);
  }
  sent += 1;
  return places.length === 0 ? bytes : Buffer.from(bytes);
}

function runConnection(deadline: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1").setNoDelay(true);
    let sentAt = 0;
    let missing = -1;
    const send = (): void => {
      const request = nextRequest();
      missing = -1;
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the server closed the connection")));
    socket.on("data", (chunk: Buffer) => {
      if (missing < 0) {
        const end = chunk.indexOf("\r\n\r\n");
        const head = chunk.toString("latin1", 0, end);
        if (end < 0 || !head.startsWith("HTTP/1.1 200")) return void reject(new Error(chunk.toString("utf8").slice(0, 500)));
        missing = Number(/content-length: (\d+)/i.exec(head)?.[1]) - (chunk.length - end - 4);
      } else missing -= chunk.length;
      if (missing > 0) return;
      const now = performance.now();
      times.push(now - sentAt);
      if (now < deadline) return send();
      resolve();
      socket.destroy();
    });
  });
}

const before = process.cpuUsage();
const started = performance.now();
await Promise.all(Array.from({ length: connections }, () => runConnection(started + seconds * 1_000)));
const elapsed = (performance.now() - started) / 1_000;
const { user, system } = process.cpuUsage(before);
times.sort((a, b) => a - b);
const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
const result: LoadResult = {
  requests: times.length,
  seconds: elapsed,
  p50Ms: at(0.5),
  p99Ms: at(0.99),
  clientShare: (user + system) / 1e6 / elapsed,
};
process.stdout.write(JSON.stringify(result));
