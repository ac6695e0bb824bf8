import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "larder-feed-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it("follows the hours as a process of its own, and ends when asked", async () => {
  const args = [join(import.meta.dirname, "main.ts"), "--directory", directory, "--drivers", "3", "--days", "1", "--follow"];
  const feed = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(feed, "exit");
  let said = "";
  for await (const chunk of feed.stdout) {
    said += String(chunk);
    if (said.includes("\n")) break;
  }
  expect(said).toMatch(/^\d+ files written in \d+\.\d s\n$/);
  expect((await readdir(join(directory, "driver_stats"))).length).toBeGreaterThan(0);
  feed.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
});
