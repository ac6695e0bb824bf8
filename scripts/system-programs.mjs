// The programs that npm does not bring: Redis and Python for the suites on the real parts, a browser for the end-to-end ones.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { run, say } from "./project.mjs";

/** The first of these programs that is on the PATH, or null. */
export function findProgram(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // not here
      }
    }
  }
  return null;
}

export const findRedis = () => findProgram("redis-server");
export const findChromium = () => process.env.LARDER_CHROMIUM || findProgram("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

/** Whether Python can make an environment to install the Feast SDK into. */
export async function hasPythonVenv() {
  return findProgram("python3") !== null && (await run("python3", ["-c", "import ensurepip, venv"], { capture: true })).code === 0;
}

/** Installs Debian packages where that is ours to do (root, apt-get there); else says what to install. */
export async function installPackages(packages) {
  if (packages.length === 0) return;
  const list = packages.join(" ");
  if (process.getuid?.() !== 0 || !findProgram("apt-get")) return say(`missing on this machine: ${list} (on Debian: sudo apt-get install ${list})`);
  say(`installing ${list} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const updated = await run("apt-get", ["update", "-qq"], { capture: true, env });
  const installed = await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { capture: true, env });
  if (installed.code !== 0) say(`apt-get could not install ${list}:\n${updated.code ? updated.output : ""}${installed.output.trim()}`);
}
