import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StartedCommand, startLarder } from "../../testing/command-line.ts";
import { freePort } from "../../testing/free-port.ts";
import { withFolder } from "../../testing/world.ts";

/*
 * `larder up` on this machine, with an embedded PostgreSQL and a small repo of its own. Its console is built by the browser's suites; here the
 * build only has to be under way, so that serving can be seen to answer before it.
 */

const PATIENCE_MS = 45_000;

const REPO = {
  "feature_store.yaml": "project: tiny\n",
  "features.ts": `import { entity, featureView, fileSource } from "larder";
export const driver = entity({ name: "driver", joinKeys: { driver_id: "int64" } });
export const trips = fileSource({ name: "trips", path: "trips.csv", timestampField: "at" });
export const driverTrips = featureView({ name: "driver_trips", entities: [driver], schema: { trips: "int32" }, source: trips, online: true });\n`,
  "trips.csv": "driver_id,at,trips\n1001,2026-01-01,7\n",
};

let folder: string;
let home: string;
let env: Readonly<Record<string, string>>;
let serve: string;
let ports: { readonly console: number; readonly serve: number };
let dispose: () => Promise<void>;
const started = new Set<StartedCommand>();

beforeAll(async () => {
  const owned = await withFolder();
  folder = owned.path;
  home = join(folder, "home");
  await chmod(folder, 0o755); // so that root's PostgreSQL, which is another user, lives in it
  await mkdir(join(folder, "repo"));
  for (const [file, text] of Object.entries(REPO)) await writeFile(join(folder, "repo", file), text);
  ports = { console: await freePort(), serve: await freePort() };
  serve = `http://127.0.0.1:${ports.serve}`;
  env = { LARDER_HOME: home, LARDER_CONSOLE_PORT: String(ports.console), LARDER_SERVE_PORT: String(ports.serve) };
  dispose = owned.dispose;
});
afterAll(async () => {
  for (const { child, ended } of started) {
    child.kill("SIGKILL");
    await ended;
  }
  await reached("the end of all processes", () => processesOf(home).length === 0).catch(() => undefined);
  await dispose();
});

const up = (more: Readonly<Record<string, string>> = {}): StartedCommand => {
  const command = startLarder(["up", "--repo", "repo"], { cwd: folder, env: { ...env, ...more } });
  started.add(command);
  void command.ended.then(() => started.delete(command));
  return command;
};

async function reached<T>(what: string, look: () => Promise<T> | T): Promise<T> {
  for (const giveUpAt = Date.now() + PATIENCE_MS; Date.now() < giveUpAt; await sleep(50)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`${what} did not come; said: ${[...started].map(({ said }) => said()).join("\n")}`);
}

/** Processes that were started with this home in their environment, or as its PostgreSQL. */
function processesOf(path: string): readonly { readonly pid: number; readonly command: string }[] {
  const read = (file: string): string => {
    try {
      return readFileSync(file, "utf8");
    } catch {
      return ""; // it ended meanwhile
    }
  };
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.flatMap((pid) => {
    const command = read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
    const isOurs = command.includes(path) || read(`/proc/${pid}/environ`).includes(`LARDER_HOME=${path}`);
    return isOurs && command !== "" ? [{ pid: Number(pid), command }] : [];
  });
}

async function answer(path: string, body?: object): Promise<Record<string, unknown> | null> {
  const post = body && { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const response = await fetch(`${serve}${path}`, { ...post, signal: AbortSignal.timeout(2_000) }).catch(() => null);
  return response?.ok ? ((await response.json()) as Record<string, unknown>) : null;
}

const readTrips = async (): Promise<unknown> => {
  const read = await answer("/get-online-features", { features: ["driver_trips:trips"], entities: { driver_id: [1001] } });
  return (read?.results as readonly { values: readonly unknown[] }[] | undefined)?.[1]?.values[0];
};

const pidOf = (main: string): number | null => processesOf(home).find(({ command }) => command.includes(main))?.pid ?? null;

describe("a taken port", () => {
  it.each(["serve", "console"] as const)("of %s is named, with the variable that changes it, and nothing is left running", async (which) => {
    const blocker = createServer();
    blocker.listen(ports[which], "127.0.0.1");
    await once(blocker, "listening");
    const refused = await up().ended;
    blocker.close();
    await once(blocker, "close");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`Port ${ports[which]} is taken`);
    expect(refused.stderr).toContain(`LARDER_${which.toUpperCase()}_PORT`);
    expect(processesOf(home)).toEqual([]);
  });
});

describe("larder up", () => {
  let first: StartedCommand;

  it("serves what the repo defines, however far the console is", async () => {
    first = up();
    await reached("health", () => answer("/health"));
    expect(await reached("the first value", readTrips)).toBe(7);
    expect(first.said()).toContain(`Serving on ${serve}`);
    expect(first.said()).toContain("view driver_trips");
  });

  it("started twice in one place, says what runs there, and leaves it alone", async () => {
    const [text, json] = await Promise.all([up().ended, startLarder(["up", "--json"], { cwd: folder, env }).ended]);
    expect(text).toMatchObject({ code: 0, stdout: expect.stringContaining(serve) });
    expect(text.stdout).toMatch(/runs here already.*process \d+/);
    expect(json.json()).toMatchObject({ already_running: { pid: expect.any(Number), serve, home } });
    expect(await readTrips()).toBe(7);
  });

  it.each(["src/http/main.ts", "src/worker/main.ts"])("starts %s again when it dies", async (main) => {
    const pid = (await reached(main, () => pidOf(main))) ?? 0;
    process.kill(pid, "SIGKILL");
    const again = await reached(`another ${main}`, () => {
      const now = pidOf(main);
      return now !== null && now !== pid ? now : null;
    });
    expect(again).not.toBe(pid);
    expect(await reached("a value", readTrips)).toBe(7);
    expect(first.said()).toMatch(/ended \(SIGKILL\); starting it again/);
  });

  it("killed with -9, takes all its processes with it; the next start finds its data", async () => {
    first.child.kill("SIGKILL");
    await first.ended;
    await reached("the end of its children", () => processesOf(home).every(({ command }) => command.includes("postgres")));
    first = up();
    expect(await reached("the value of before", readTrips)).toBe(7);
  });

  it("ends on Ctrl-C with 0, and leaves no process, no lock and no word of itself", async () => {
    first.child.kill("SIGINT");
    expect(await first.ended).toMatchObject({ code: 0, stderr: expect.stringContaining("Stopping") });
    expect(processesOf(home)).toEqual([]);
    expect(existsSync(join(home, "up.json"))).toBe(false);
    expect(existsSync(join(home, "postgres", "data", "pgdata", "postmaster.pid"))).toBe(false);
    const logs = await readFile(join(home, "logs", "serve.log"), "utf8");
    expect(logs).toContain("serving");
  });
});
