// npm run lock:complete: a registry that serves only this platform's packages leaves the others out of package-lock.json, and `npm ci` refuses it.
// Adds every pinned optional package that is missing, with the platform its name tells. --check: changes nothing, fails when the lock is not fit to be committed.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMain, root, say } from "./project.mjs";

const OS = ["android", "darwin", "freebsd", "linux", "openbsd", "netbsd", "openharmony", "sunos", "aix", "win32"];
const CPU = ["arm64", "arm", "x64", "ia32", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];

/** `@next/swc-linux-x64-musl` → `{ os: ["linux"], cpu: ["x64"], libc: ["musl"] }`: what the name says, no more. */
export function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.includes("windows") ? "win32" : OS.find((one) => words.includes(one));
  const cpu = CPU.find((one) => words.includes(one));
  const libc = os === "linux" ? (words.find((word) => /^musl/.test(word)) ? "musl" : words.find((word) => /^gnu/.test(word)) ? "glibc" : undefined) : undefined;
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }) };
}

/** Pinned optional packages that the lock lacks: `[path, entry]` each. */
export function missingPackages(packages) {
  const missing = new Map();
  for (const [from, { optionalDependencies = {} }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (/^\d/.test(version) && !isReachable(packages, from, name)) missing.set(`node_modules/${name}`, { version, optional: true, ...platformOf(name) });
    }
  }
  return [...missing];
}

/** Whether `name` stands in the node_modules of `from` or of a folder above it. */
function isReachable(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (packages[`${folder}${folder && "/"}node_modules/${name}`]) return true;
    if (folder === "") return false;
  }
}

/** What keeps the lock from being committed, in words; empty when nothing does. */
export function lockProblems(packages) {
  const resolved = Object.entries(packages).filter(([, entry]) => /^https?:/.test(entry.resolved ?? ""));
  return [
    ...missingPackages(packages).map(([path]) => `${path} is missing: run \`npm run lock:complete\``),
    ...resolved.map(([path]) => `${path} names the registry it came from ("resolved"): keep omit-lockfile-registry-resolved in .npmrc and install again`),
  ];
}

if (isMain(import.meta)) {
  const path = join(root, "package-lock.json");
  const lock = JSON.parse(readFileSync(path, "utf8"));
  if (process.argv.includes("--check")) {
    const problems = lockProblems(lock.packages);
    for (const problem of problems) say(`package-lock.json: ${problem}`);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } else {
    const all = Object.entries(lock.packages).concat(missingPackages(lock.packages));
    lock.packages = Object.fromEntries(all.sort(([a], [b]) => a.localeCompare(b, "en")));
    writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  }
}
