import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { writeParquet } from "../src/testing/offline-files.ts";
import { expectNoViolations } from "./support/accessible.ts";
import { expect, test } from "./support/quiet-page.ts";
import { type Stack, startStack } from "./support/stack.ts";

/*
 * From a Parquet file to a served feature without a line of code: source, entity, view and service by click, materialized and read by HTTP; then edited
 * by two people, deleted, exported as TypeScript and applied. Its project is managed by a repo that holds one entity only.
 */
test.describe.configure({ mode: "serial", timeout: 180_000 });

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
let folder: string;
let repo: string;
let stack: Stack;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  folder = await realpath(await mkdtemp(join(tmpdir(), "larder-define-")));
  repo = join(folder, "repo");
  await mkdir(join(repo, "data"), { recursive: true });
  await writeFile(join(repo, "feature_store.yaml"), "project: clicks\n");
  await writeFile(join(repo, "entities.ts"), `import { entity } from "larder";\nexport const zone = entity({ name: "zone", joinKeys: { cell: "int32" } });\n`);
  const rows = `select i::bigint driver_id, timestamptz '2026-01-01 08:00:00Z' + interval (i) minute happened_at, timestamptz '2026-01-01 12:00:00Z' created,
    (i / 4.0)::float rating, (i * 10)::int trips, i::decimal(10,2) price from range(1, 41) t(i)`;
  await writeParquet(join(repo, "data", "trips.parquet"), rows);
  stack = await startStack({ repo });
});

test.afterAll(async () => {
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("a file source: pick the file, take the proposed times", async ({ page }) => {
  await page.goto(`${stack.consoleUrl}/catalog`);
  await page.getByRole("button", { name: "New" }).click();
  await page.getByRole("menuitem", { name: "file source" }).click();
  await page.getByRole("button", { name: "Browse" }).click();
  const browser = page.getByRole("dialog", { name: "Pick a file" });

  await browser.getByRole("button", { name: "repo", exact: true }).click();
  await browser.getByRole("button", { name: "data" }).click();
  await expectAccessible(page);
  await browser.getByRole("button", { name: /trips\.parquet/ }).click();
  await expect(page.getByLabel("Path")).toHaveValue(join(repo, "data/trips.parquet"));
  await expect(page.getByLabel("Name")).toHaveValue("trips");
  await expect(page.getByLabel("Event time")).toHaveValue("happened_at");
  await expect(page.getByLabel("Created time")).toHaveValue("created");
  await expect(page.getByRole("status").filter({ hasText: "It can be read" })).toContainText("40 rows");
  await expect(page.getByRole("table", { name: "First rows" }).getByRole("row")).toHaveCount(9);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/\/sources\/trips$/);
  await expect(page.getByText("Oldest event")).toBeVisible();
});

test("a path outside of the allowed folders is refused", async ({ page }) => {
  await page.goto(`${stack.consoleUrl}/new/source`);
  await page.getByLabel("Path").fill("/etc/passwd");
  await expect(page.getByRole("alert").filter({ hasText: "LARDER_DATA_ROOTS" })).toBeVisible();
});

test("an entity, by the keyboard; its mistakes are told at their fields", async ({ page }) => {
  await page.goto(`${stack.consoleUrl}/entities`);
  await page.getByRole("link", { name: "New entity" }).click();
  await page.getByLabel("Name", { exact: true }).fill("a b");
  await page.getByLabel("Name", { exact: true }).press("Tab");
  await expect(page.getByRole("alert").filter({ hasText: "Names are" })).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("zone");
  await page.getByLabel("Name of join key 1").fill("driver_id");
  await expect(page.getByRole("alert").filter({ hasText: "managed by repo clicks, entities.ts:2" })).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("driver");
  await expect(page.getByText("It is added to the registry")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).press("Enter");
  await expect(page).toHaveURL(/\/entities\/driver$/);
});

test("a view: tick columns, see what it does, create it", async ({ page }) => {
  await page.goto(`${stack.consoleUrl}/new/view?source=trips`);
  const columns = page.getByRole("list", { name: "Columns of the source" });
  await expect(columns.getByText("needs a cast in a transform")).toBeVisible();
  await page.getByRole("button", { name: "Add an entity" }).click();
  await page.getByRole("option", { name: /driver/ }).click();
  await expect(columns.getByText("join key")).toBeVisible();
  await page.getByRole("button", { name: "Tick all" }).click();
  await columns.getByLabel("Description of the feature from rating").fill("Mean rating");
  await page.getByLabel("Name", { exact: true }).fill("driver_trips");
  await page.getByLabel("Time to live").fill("36500d");
  await page.getByRole("button", { name: "What is expected of rating: nothing" }).click();
  const expected = page.getByRole("group", { name: "Expected of rating" });
  await expected.getByLabel("At least").fill("five");
  await expected.getByLabel("At most", { exact: true }).fill("5");
  await expect(expected.getByRole("alert")).toContainText('"five" is not a float32');
  await expected.getByLabel("At least").fill("1");
  await expect(page.getByText("as version 1")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/\/views\/driver_trips$/);
});

test("a service: pick features, see the names of its answer", async ({ page }) => {
  await page.goto(`${stack.consoleUrl}/new/service?view=driver_trips`);
  await page.getByRole("checkbox", { name: "trips" }).check();
  await page.getByRole("checkbox", { name: "rating" }).check();
  await expect(page.getByRole("list", { name: "Names in the answer" }).getByRole("listitem")).toHaveText(["driver_trips__rating", "driver_trips__trips"]);
  await page.getByLabel("Name", { exact: true }).fill("driver_activity");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/\/services\/driver_activity$/);
});

test("what was made by click is materialized and served", async ({ page }) => {
  await page.goto(`${stack.consoleUrl}/views/driver_trips?materialize=driver_trips`);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Materialize" }).click();
  await expect(dialog.getByText("Offline = online, checksums agree")).toBeVisible({ timeout: 60_000 });
  const answer = await fetch(`${stack.serveUrl}/get-online-features`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ feature_service: "driver_activity", entities: { driver_id: [4, 99] } }),
  });
  const { results } = (await answer.json()) as { results: { values: unknown[]; statuses: string[] }[] };
  expect(results.map(({ values, statuses }) => [values[0], statuses])).toEqual([
    [4, ["PRESENT", "PRESENT"]],
    [1, ["PRESENT", "NOT_FOUND"]],
    [40, ["PRESENT", "NOT_FOUND"]],
  ]);
});

test.describe("two people", () => {
  test.use({ expectedErrors: [/status of 409/] });

  test("edit one view: the later one sees both versions and loses nothing", async ({ page, context }) => {
    await openEdit(page);
    await page.getByLabel("Time to live").fill("2d");
    const plan = page.getByRole("list", { name: "Differences" });
    await expect(plan).toContainText("ttlSeconds");

    const other = await context.newPage();
    await openEdit(other);
    await other.getByLabel("Description", { exact: true }).fill("Trips of a driver");
    await other.getByRole("button", { name: "Save" }).click();
    await expect(other).toHaveURL(/\/views\/driver_trips$/);
    await other.close();

    const dialog = page.getByRole("dialog", { name: "Someone else changed driver_trips" });
    await expect(dialog).toContainText("Trips of a driver");
    await expect(dialog).toContainText("ttlSeconds");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Put mine on top" }).click();
    await expect(page.getByLabel("Description", { exact: true })).toHaveValue("Trips of a driver");
    await expect(page.getByLabel("Time to live")).toHaveValue("2d");
    await expect(plan).not.toContainText("description");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page).toHaveURL(/\/views\/driver_trips$/);
    await expect(page.getByText("Trips of a driver")).toBeVisible();
  });
});

test("a new version says so before it is saved, and what a service reads cannot be taken away", async ({ page }) => {
  await openEdit(page);
  const columns = page.getByRole("list", { name: "Columns of the source" });
  await columns.getByLabel("Type of the feature from rating").selectOption("float64");
  await expect(page.getByText("A new version", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "driver_activity" })).toBeVisible();
  await columns.getByRole("checkbox", { name: "Feature from rating" }).uncheck();
  await expect(page.getByRole("alert").filter({ hasText: 'has no feature "rating"' })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
});

test("deleting names who depends on it, and asks for the name", async ({ page }) => {
  await page.goto(`${stack.consoleUrl}/sources/trips`);
  await page.getByRole("button", { name: "Delete trips" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("driver_trips");
  await page.getByRole("dialog").getByText("Close", { exact: true }).click();

  await page.goto(`${stack.consoleUrl}/services/driver_activity`);
  await page.getByRole("button", { name: "Delete driver_activity" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete driver_activity" });
  const confirm = dialog.getByRole("button", { name: "Delete driver_activity" });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel("Type driver_activity to delete it").fill("driver_activity");
  await expectAccessible(page);
  await confirm.click();
  await expect(page).toHaveURL(/\/services$/);
  await expect(page.getByText("No feature services yet")).toBeVisible();
});

test("what a repo manages is read-only, with file and line", async ({ page }) => {
  await page.goto(`${stack.consoleUrl}/entities/zone`);
  await expect(page.getByText("entities.ts:2").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Edit" })).toHaveCount(0);
  await page.goto(`${stack.consoleUrl}/edit/entity/zone`);
  await expect(page.getByRole("heading", { name: "zone is read-only here" })).toBeVisible();
});

test("what was made here is exported as TypeScript, byte-stable, and adopted when it is applied", async ({ page }) => {
  test.setTimeout(120_000);
  const first = await larder("export", "repo", repo);
  expect(first.files).toEqual(["data_sources/trips.ts", "entities/driver.ts", "feature_views/driver_trips.ts"].map((file) => ({ file, state: "written" })));
  const second = await larder("export", "repo", repo);
  expect((second.files as { state: string }[]).map(({ state }) => state)).toEqual(["unchanged", "unchanged", "unchanged"]);
  const applied = await larder("apply", "--repo", repo);
  const changes = applied.changes as { action: string; name: string }[];
  expect(changes.map(({ action, name }) => `${action} ${name}`)).toEqual(["adopt driver", "adopt trips", "adopt driver_trips"]);
  await page.goto(`${stack.consoleUrl}/views/driver_trips`);
  await expect(page.getByText("feature_views/driver_trips.ts:5").first()).toBeVisible();
});

/** The form is ready when it says what saving would do. */
async function openEdit(page: Page): Promise<void> {
  await page.goto(`${stack.consoleUrl}/edit/view/driver_trips`);
  await expect(page.getByText("Nothing is different from what is saved.")).toBeVisible();
}

async function larder(...args: string[]): Promise<Record<string, unknown>> {
  const env = { ...process.env, ...stack.env };
  const { stdout } = await run(process.execPath, [join(root, "bin/larder.mjs"), ...args, "--json", ...(args[0] === "export" ? ["--project", "clicks"] : [])], {
    env,
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoViolations(page);
  }
}
