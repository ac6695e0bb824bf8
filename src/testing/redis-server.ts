import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";

/** A redis-server of one's own, which a test may stop, kill and bring back at the same address. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Ends it in order, as an operator would, and removes its folder. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Brings it back on the same port: with its data where it is persistent, else empty. */
  restart(): Promise<void>;
}

export interface RedisOptions {
  /** Default: any free port. */
  readonly port?: number;
  /** Every write is on disk before its answer, so that `kill` loses nothing. Default: memory only, empty after a restart. */
  readonly persistent?: boolean;
}

/** Whether redis-server is installed here. */
export function hasRedisServer(): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, "redis-server"), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "larder-redis-"));
  const port = options.port ?? (await freePort());
  const durability = options.persistent ? ["--appendonly", "yes", "--appendfsync", "always"] : ["--appendonly", "no"];
  const begin = () => launch(["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", ...durability], port);
  let child = await begin();
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill: () => end("SIGKILL"),
    async stop() {
      await end("SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
    async restart() {
      await end("SIGTERM");
      child = await begin();
    },
  };
}

async function launch(args: readonly string[], port: number): Promise<ChildProcess> {
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said = `${said}${chunk}`.slice(-2_000)));
  let failed: Error | null = null;
  child.once("error", (error) => (failed = error));
  for (const giveUpAt = Date.now() + 20_000; Date.now() < giveUpAt; await sleep(20)) {
    if (failed || child.exitCode !== null) break;
    if (await answersPing(port)) return child;
  }
  child.kill("SIGKILL");
  throw new Error(`redis-server did not start on port ${port}: ${failed ?? said}`);
}

/** PING until PONG: while it loads its file, Redis accepts connections and answers -LOADING. */
function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once("data", (data) => answer(data.toString().startsWith("+PONG")));
    socket.once("error", () => answer(false));
    socket.setTimeout(1_000, () => answer(false));
  });
}
