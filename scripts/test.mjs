// npm test: every check and every suite, one closing line. `node scripts/test.mjs checks unit` runs some stages only (npm run verify).
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectEnv, root, run, say } from "./project.mjs";
import { setUpOrExit } from "./setup.mjs";
import { findChromium, findRedis, hasPythonVenv, installPackages } from "./system-programs.mjs";

const reports = mkdtempSync(join(tmpdir(), "larder-test-report-"));
process.on("exit", () => rmSync(reports, { recursive: true, force: true }));

const CHECKS = {
  "lock file": ["node", ["scripts/complete-lock.mjs", "--check"]],
  migrations: ["node", ["scripts/migration.mjs", "--check"]],
  types: ["sh", ["-c", "next typegen && tsc --noEmit -p ."]], // the types of routes and of imported styles are Next.js's to write
  style: ["biome", ["ci", "--error-on-warnings", "--colors=off"]],
  imports: [
    "depcruise",
    ["--config", ".dependency-cruiser.cjs", ...["src", "feature_repo", "bench", "e2e"].filter((folder) => existsSync(join(root, folder)))],
  ],
  unused: ["knip", []],
};

async function checks() {
  const results = await Promise.all(
    Object.entries(CHECKS).map(async ([name, [command, args]]) => {
      const start = Date.now();
      const { code, output } = await run(command, args, { capture: true });
      const blind = name === "imports" && !/\([1-9]\d* modules/.test(output); // a fence that saw nothing is no fence
      const ok = code === 0 && !blind;
      say(
        `${ok ? "✓" : "✗"} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)${ok ? "" : `\n${output.trim()}${blind ? "\nno module was looked at" : ""}`}`,
      );
      return ok;
    }),
  );
  return { passed: results.filter(Boolean).length, failed: results.filter((ok) => !ok).length, skipped: 0 };
}

async function vitest(project) {
  const report = join(reports, `${project}.json`);
  const { code } = await run("vitest", [
    "run",
    "--project",
    project,
    "--passWithNoTests",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const { testResults: files = [] } = readReport(report);
  const count = (...states) => files.flatMap((file) => file.assertionResults).filter((test) => states.includes(test.status)).length;
  return withExitCode(code, { passed: count("passed"), failed: count("failed"), skipped: count("skipped", "pending", "todo", "disabled") });
}

async function integration() {
  await installPackages([...(findRedis() ? [] : ["redis-server"]), ...((await hasPythonVenv()) ? [] : ["python3-venv"])]);
  return vitest("integration");
}

async function e2e() {
  const specs = existsSync(join(root, "e2e")) ? readdirSync(join(root, "e2e"), { recursive: true }).filter((name) => name.endsWith(".spec.ts")) : [];
  if (specs.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  if (!findChromium()) await installPackages(["chromium"]);
  if (!findChromium()) await run("playwright", ["install", "chromium"]);
  const report = join(reports, "e2e.json");
  const { code } = await run("playwright", ["test", "--reporter=list,json"], { env: { ...projectEnv, PLAYWRIGHT_JSON_OUTPUT_FILE: report } });
  const { stats = {} } = readReport(report);
  return withExitCode(code, { passed: (stats.expected ?? 0) + (stats.flaky ?? 0), failed: stats.unexpected ?? 0, skipped: stats.skipped ?? 0 });
}

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

/** A runner that failed without a failing test (a file that does not load, an error between tests) is a failure all the same. */
function withExitCode(code, tally) {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

const STAGES = { checks, unit: () => vitest("unit"), integration, e2e };
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !STAGES[name]);
if (unknown.length > 0) {
  say(`There is no stage ${unknown.join(", ")}: the stages are ${Object.keys(STAGES).join(", ")}.`);
  process.exit(2);
}
await setUpOrExit();
const total = { passed: 0, failed: 0, skipped: 0 };
for (const name of asked.length > 0 ? asked : Object.keys(STAGES)) {
  say(`\n── ${name}`);
  const tally = await STAGES[name]();
  for (const key of Object.keys(total)) total[key] += tally[key];
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
