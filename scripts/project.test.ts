import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

const PROJECT = new URL("./project.mjs", import.meta.url).href;
/** An older Node cannot replace itself by another program and keeps a child instead. */
const WAYS = [
  ["in its place", ""],
  ["as its child", "process.execve = undefined;"],
] as const;

function wrapper(prepare: string, program: string, ...args: readonly string[]) {
  const script = `${prepare} const { becomeProjectNode } = await import(${JSON.stringify(PROJECT)}); await becomeProjectNode(["-e", process.env.PROGRAM, "--", ...process.argv.slice(1)]);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, "--", ...args], {
    env: { ...process.env, PROGRAM: program },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  return { child, output: () => output };
}

test.each(WAYS)("the project's Node %s gets the arguments and gives its exit code", async (_way, prepare) => {
  const { child, output } = wrapper(
    prepare,
    "process.stdout.write(JSON.stringify([process.version, ...process.argv.slice(1)])); process.exitCode = 7",
    "a b",
    "--json",
  );
  expect((await once(child, "close"))[0]).toBe(7);
  expect(JSON.parse(output())).toEqual([expect.stringMatching(/^v24\./), "a b", "--json"]);
});

test.each(WAYS)("a signal reaches the project's Node %s, which ends in its own way", async (_way, prepare) => {
  const { child } = wrapper(prepare, "process.once('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1000); process.stdout.write('up')");
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  expect((await once(child, "close"))[0]).toBe(9);
});
