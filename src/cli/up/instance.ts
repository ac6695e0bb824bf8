import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Environment } from "../../runtime/index.ts";
import type { Machine } from "../machine.ts";

const instance = z.object({ pid: z.number(), console: z.string(), serve: z.string(), home: z.string(), startedAt: z.string() });

/** The Larder that runs on a data folder. */
export type Instance = z.infer<typeof instance>;

export type Claim = { readonly claimed: true; readonly instance: Instance; release(): void } | { readonly claimed: false; readonly running: Instance | null };

/** Claims the data folder for this process, until it releases it or dies; or tells what runs there already. */
export function claimHome(machine: Machine, { home, host, consolePort, servePort }: Environment): Claim {
  mkdirSync(home, { recursive: true });
  const file = join(home, "up.json");
  const lock = machine.tryLockExclusive(join(home, "up.lock"));
  if (!lock) return { claimed: false, running: readInstance(file) };
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const own: Instance = {
    pid: process.pid,
    console: `http://${name}:${consolePort}`,
    serve: `http://${name}:${servePort}`,
    home,
    startedAt: new Date().toISOString(),
  };
  writeFileSync(file, JSON.stringify(own));
  return {
    claimed: true,
    instance: own,
    release() {
      rmSync(file, { force: true });
      lock.release();
    },
  };
}

function readInstance(file: string): Instance | null {
  try {
    return instance.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null; // it is just starting
  }
}
