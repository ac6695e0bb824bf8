import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { nextDue } from "./schedule.ts";

/*
 * node main.ts --directory DIR [--drivers N] [--days N] [--follow]: writes the example's history into DIR, or what is missing of it.
 * With --follow it stays, and adds every hour as it comes; the writing is done by a process that ends, so that waiting costs little.
 */
const { values } = parseArgs({
  options: { directory: { type: "string" }, drivers: { type: "string" }, days: { type: "string" }, follow: { type: "boolean", default: false } },
});
const { directory } = values;
if (directory === undefined) throw new Error("say --directory DIR: where the data go");

async function fill(into: string): Promise<void> {
  const { generateHistory } = await import("./feed.ts");
  const startedAt = performance.now();
  const options = { ...(values.drivers && { drivers: Number(values.drivers) }), ...(values.days && { days: Number(values.days) }) };
  const written = await generateHistory({ directory: into, now: new Date(), ...options });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${written.length === 0 ? "nothing to add" : `${written.length} files written`} in ${seconds} s\n`);
}

async function follow(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());
  process.once("disconnect", () => stop.abort()); // whoever started this is gone
  const args = process.argv.slice(1).filter((arg) => arg !== "--follow");
  while (!stop.signal.aborted) {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"], signal: stop.signal });
    child.on("error", () => {}); // stopped before its end
    await new Promise((resolve) => child.once("close", resolve));
    // Short naps, so that a machine that slept catches up soon.
    const due = nextDue(new Date()).getTime();
    while (Date.now() < due && !stop.signal.aborted) await sleep(Math.min(30_000, due - Date.now()), undefined, { signal: stop.signal }).catch(() => {});
  }
}

await (values.follow ? follow() : fill(directory));
