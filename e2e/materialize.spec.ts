import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { hasRedisServer, type RedisServer, startRedis } from "../src/testing/redis-server.ts";
import { expect, test } from "./support/quiet-page.ts";
import { type Stack, startStack } from "./support/stack.ts";

/*
 * One driver's story over a file whose rows this spec writes itself: find the view, materialize it by click, watch it finish, read it by HTTP.
 * Its store is Redis, so that a run can be watched while the store is away.
 */
test.describe.configure({ mode: "serial" });
test.skip(!hasRedisServer(), "redis-server is not installed here");

let folder: string;
let redis: RedisServer;
let stack: Stack;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  folder = await mkdtemp(join(tmpdir(), "larder-story-"));
  await writeRepo();
  redis = await startRedis();
  stack = await startStack({ repo: join(folder, "repo"), env: { REDIS_URL: redis.url } });
});

test.afterAll(async () => {
  await stack?.stop();
  await redis?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("find a view, materialize it by click, watch it finish, read the newest value by HTTP", async ({ page }) => {
  await expect.poll(() => readOnline(7), { timeout: 60_000 }).toEqual(["PRESENT", 3.5]); // the first materialize, by the start itself
  await addRow(7, 4.25);

  await page.goto(`${stack.consoleUrl}/catalog`);
  await page.getByRole("searchbox", { name: "Search the catalog" }).fill("rating");
  await page
    .getByRole("row", { name: /driver_scores/ })
    .getByRole("link", { name: "driver_scores" })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "driver_scores" })).toBeVisible();

  const dialog = await openDialog(page);
  await expect(dialog.getByText("larder materialize-incremental driver_scores")).toBeVisible();
  await expect(dialog.getByRole("button", { name: /row/ })).toBeVisible();
  await dialog.getByRole("button", { name: "Materialize" }).click();

  await expect(dialog.getByText("Offline = online, checksums agree")).toBeVisible();
  await expect(figure(dialog, "Written")).toHaveText("1");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("table", { name: "Last runs of driver_scores" }).getByRole("row").nth(1)).toContainText("Succeeded");
  expect(await readOnline(7)).toEqual(["PRESENT", 4.25]);
});

test("everything again writes nothing new, and the run keeps its receipt", async ({ page }) => {
  await page.goto(`${stack.consoleUrl}/views/driver_scores`);
  const dialog = await openDialog(page);
  await dialog.getByText("Everything", { exact: true }).click();
  await expect(dialog.getByText(/larder materialize driver_scores/)).toBeVisible();
  await dialog.getByRole("button", { name: "Materialize" }).click();
  await dialog.getByRole("link", { name: "Open the run" }).click();
  await expect(page).toHaveURL(/runs\/[0-9A-Z]{26}$/);
  await expect(page.getByRole("heading", { name: "Receipt" })).toBeVisible();
  await expect(figure(page, "Keys")).toHaveText("2");
  await expect(figure(page, "Unchanged")).toHaveText("2");
  await expect(page.getByText(/larder materialize driver_scores/)).toBeVisible();
});

test("a range that is upside down is refused before it starts", async ({ page }) => {
  await page.goto(`${stack.consoleUrl}/views/driver_scores?materialize=driver_scores`);
  const dialog = page.getByRole("dialog");
  await dialog.getByText("A range of event times").click();
  await dialog.getByLabel("From (UTC)").fill("2026-01-02T00:00");
  await dialog.getByLabel("To (UTC)").fill("2026-01-01T00:00");
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Materialize" })).toBeDisabled();
});

test("a run waits for Redis; the dialog closes and opens again on it; cancelled, it goes on when resumed, and its end is told", async ({ page }) => {
  await addRow(7, 4.75);
  await page.goto(`${stack.consoleUrl}/views/driver_scores`);
  const dialog = await openDialog(page);
  await expect(dialog.getByText("larder materialize-incremental driver_scores")).toBeVisible();
  await redis.kill();
  await dialog.getByRole("button", { name: "Materialize" }).click();
  await expect(dialog.getByText(/^Waiting for redis/)).toBeVisible();
  await dialog.getByRole("button", { name: "Close, let it run" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Materializing" }).click();
  await expect(dialog.getByText(/^Waiting for redis/)).toBeVisible();

  await dialog.getByRole("button", { name: "Cancel the run" }).click();
  await expect(dialog.getByText("What is intact")).toBeVisible();
  await dialog.getByRole("button", { name: "Resume" }).click();
  await expect(dialog.getByText(/^Waiting for redis/)).toBeVisible();
  await page.keyboard.press("Escape");
  await redis.restart();
  await expect(page.getByRole("region", { name: /Notices/ }).getByText("Succeeded")).toBeVisible();
  await expect.poll(() => readOnline(7)).toEqual(["PRESENT", 4.75]);
});

test("the list of runs moves by itself and is filtered by its address", async ({ page }) => {
  await page.goto(`${stack.consoleUrl}/runs?view=driver_scores`);
  const rows = page.getByRole("table", { name: "Runs" }).getByRole("row");
  const before = await rows.count();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await addRow(8, 1.5);
  const start = await fetch(`${stack.serveUrl}/materialize-incremental`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ feature_views: ["driver_scores"], end_ts: new Date().toISOString() }),
  });
  expect(start.ok).toBe(true);
  await expect(rows).toHaveCount(before + 1);
  await expect(rows.nth(1)).toContainText("Succeeded");

  await page.getByRole("button", { name: "All states" }).click();
  await page.getByRole("menuitemcheckbox", { name: "cancelled" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/state=cancelled/);
  await expect(page.getByText("No run is like that")).toBeVisible();
});

async function openDialog(page: Page) {
  await page.getByRole("button", { name: "Materialize" }).click();
  const dialog = page.getByRole("dialog", { name: "Materialize driver_scores" });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** A figure of the receipt by its word. */
function figure(scope: Page | Locator, term: string): Locator {
  return scope.locator("dl > div").filter({ hasText: term }).locator("dd").first();
}

async function readOnline(driver: number): Promise<unknown[]> {
  const body = { features: ["driver_scores:rating"], entities: { driver_id: [driver] } };
  const answer = await fetch(`${stack.serveUrl}/get-online-features`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const { results } = (await answer.json()) as { results?: { values: unknown[]; statuses: string[] }[] };
  const rating = results?.at(-1);
  return [rating?.statuses[0], rating?.values[0]];
}

let rowsWritten = 0;

/** Later rows are newer: one second apart, all in the last hours. */
function row(driver: number, rating: number): string {
  rowsWritten += 1;
  return `${driver},${new Date(Date.now() - 3_600_000 + rowsWritten * 1_000).toISOString()},${rating}\n`;
}

function addRow(driver: number, rating: number): Promise<void> {
  return appendFile(join(folder, "scores.csv"), row(driver, rating));
}

async function writeRepo(): Promise<void> {
  const repo = join(folder, "repo");
  await mkdir(repo);
  await writeFile(join(folder, "scores.csv"), `driver_id,at,rating\n${row(7, 2.5)}${row(7, 3.5)}${row(8, 1)}`);
  await writeFile(join(repo, "feature_store.yaml"), `project: story\nonline_store:\n  type: redis\n  connection_string: \${REDIS_URL}\n`);
  await writeFile(
    join(repo, "features.ts"),
    `import { entity, featureView, fileSource } from "larder";
export const driver = entity({ name: "driver", joinKeys: { driver_id: "int64" } });
export const scores = fileSource({ name: "scores", path: "../scores.csv", timestampField: "at" });
export const driverScores = featureView({ name: "driver_scores", entities: [driver], schema: { rating: "float64" }, source: scores, online: true, description: "The rating of a driver" });
`,
  );
}
