import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { type PythonVenv, pythonVenv } from "../src/testing/python-venv.ts";
import { expect, test } from "./support/quiet-page.ts";
import { stackUrls } from "./support/stack.ts";

/* What the code samples promise: each is taken from the page as it stands and run in an empty folder against the stack. */

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
let folder: string;
let venv: PythonVenv | null;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  venv = await pythonVenv("feast");
  folder = await mkdtemp(join(tmpdir(), "larder-code-"));
  await writeFile(join(folder, "larder"), `#!/bin/sh\nexec "${process.execPath}" "${join(root, "bin/larder.mjs")}" "$@"\n`);
  await chmod(join(folder, "larder"), 0o755);
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

test("every sample of a view runs as it stands and gives its values", async ({ page }) => {
  test.setTimeout(180_000);
  const samples = await samplesOf(page, "/views/rider_profile?tab=code");
  let answer: { readonly results: readonly { readonly values: unknown[]; readonly statuses: string[] }[] } = { results: [] };
  await expect(async () => {
    answer = JSON.parse(await inShell(samples("curl")));
    expect(answer.results.map(({ statuses }) => statuses[0])).toEqual(answer.results.map(() => "PRESENT"));
  }).toPass({ timeout: 60_000 }); // the example's first runs may still be under way
  const [riderId, homeCity] = answer.results.map(({ values }) => values[0]);
  const shell = await inShell(samples("Command line: read online"));
  expect(shell).toMatch(/rider_id\s+home_city/);
  expect(shell).toContain(String(homeCity));

  await writeFile(join(folder, "sample.ts"), samples("TypeScript"));
  expect(await inShell(`"${process.execPath}" sample.ts`)).toContain(String(homeCity));

  expect(await inShell(samples("Command line: a training set, point in time"))).toContain("Wrote 1 rows to training.parquet");
  expect((await stat(join(folder, "training.parquet"))).size).toBeGreaterThan(0);
  expect(await inShell(samples("Command line: materialize what is new"))).toContain("rider_profile");

  test.skip(venv === null, "Python with its venv module is not installed here");
  await inShell(samples("Python (Feast SDK): set up, once"));
  const python = await inPython(samples("Python (Feast SDK)"));
  expect(python).toContain(`'rider_id': [${riderId}]`);
  expect(python).toContain(`'home_city': ['${homeCity}']`);
});

test("every sample of a service runs as it stands, its join keys under the names of their roles", async ({ page }) => {
  test.setTimeout(180_000);
  const samples = await samplesOf(page, "/services/eta_prediction");
  const answer = JSON.parse(await inShell(samples("curl"))) as { metadata: { feature_names: string[] }; results: { statuses: string[]; values: unknown[] }[] };
  const names = answer.metadata.feature_names;
  expect(names).toEqual(expect.arrayContaining(["pickup_city", "dropoff_cell", "pickup__temperature", "dropoff__is_raining"]));
  expect(answer.results[names.indexOf("pickup__temperature")]?.statuses).toEqual(["PRESENT"]);
  const temperature = String(answer.results[names.indexOf("pickup__temperature")]?.values[0]);
  expect(await inShell(samples("Command line: read online"))).toContain(temperature);
  await writeFile(join(folder, "service.ts"), samples("TypeScript"));
  expect(await inShell(`"${process.execPath}" service.ts`)).toContain(temperature);
  expect(await inShell(samples("Command line: a training set, point in time"))).toContain("pickup__temperature");

  test.skip(venv === null, "Python with its venv module is not installed here");
  await inShell(samples("Python (Feast SDK): set up, once"));
  expect(await inPython(samples("Python (Feast SDK)"))).toContain(`'pickup__temperature': [${temperature}`);
});

/** The samples of a page by their titles, as its reader copies them. */
async function samplesOf(page: Page, path: string): Promise<(title: string) => string> {
  await page.goto(stackUrls().consoleUrl + path);
  await expect(page.getByText("every snippet runs as it stands")).toBeVisible();
  const found = await page
    .locator("figure")
    .evaluateAll((figures) =>
      figures.map((figure) => [figure.querySelector("figcaption span")?.textContent ?? "", figure.querySelector("pre")?.textContent ?? ""] as const),
    );
  const byTitle = new Map(found);
  return (title) => {
    const code = byTitle.get(title);
    if (code === undefined) throw new Error(`the page has no sample "${title}", only: ${[...byTitle.keys()].join("; ")}`);
    return code;
  };
}

async function inShell(script: string): Promise<string> {
  const path = [folder, ...(venv === null ? [] : [venv.bin]), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path, LARDER_HOME: stackUrls().home, NODE_NO_WARNINGS: "1", PYTHONDONTWRITEBYTECODE: "", PYTHONWARNINGS: "ignore" };
  const { stdout } = await run("bash", ["-euo", "pipefail", "-c", script], { cwd: folder, env });
  return stdout;
}

async function inPython(script: string): Promise<string> {
  await writeFile(join(folder, "sample.py"), script);
  return inShell("python sample.py");
}
