import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectNoViolations } from "./support/accessible.ts";
import { expect, test } from "./support/quiet-page.ts";
import { stackUrls } from "./support/stack.ts";

/*
 * A training set by click: a file of orders dropped in, features chosen, what will match, the run, the result as a file, made again.
 */
test.describe.configure({ mode: "serial" });
test.use({ expectedErrors: [/status of 400/] }); // the picture that is no file of rows

const { consoleUrl } = stackUrls();
const NAME = `orders_${Date.now().toString(36)}`;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "larder-orders-"));
  const now = new Date().toISOString();
  const rows = [`1001,${now},1`, `1002,${now},0`, `999999,${now},1`, "1001,2001-01-01T00:00:00Z,0"];
  await writeFile(join(folder, "orders.csv"), ["driver_id,event_timestamp,label", ...rows, ""].join("\n"));
  await writeFile(join(folder, "picture.png"), "no rows in here");
});

test.afterAll(() => rm(folder, { recursive: true, force: true }));

test("upload rows, choose features, see what matches, run, read the result", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(`${consoleUrl}/training-sets`);
  await expect(page.getByText("No training sets yet")).toBeVisible();
  await page.getByRole("link", { name: "New training set" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "New training set" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save and run" })).toBeDisabled();

  const file = page.getByLabel("File of entity rows");
  await file.setInputFiles(join(folder, "picture.png"));
  await expect(page.getByRole("main").getByRole("alert")).toContainText("picture.png is no file of rows");
  await file.setInputFiles(join(folder, "orders.csv"));
  await expect(page.getByRole("list", { name: "Columns" })).toContainText("driver_id int64");
  await expect(page.getByLabel("Column that says when")).toHaveValue("event_timestamp");

  await page.getByLabel("Find features").fill("driver_stats conv_rate");
  await page.getByRole("checkbox", { name: /driver_stats:conv_rate/ }).check();
  await page.getByLabel("Find features").fill("driver_stats avg_daily_trips");
  await page.getByRole("checkbox", { name: /driver_stats:avg_daily_trips/ }).check();
  await expect(page.getByRole("list", { name: "Chosen features" }).getByRole("listitem")).toHaveCount(2);

  await page.getByRole("button", { name: "Look at a sample" }).click();
  await expect(page.getByRole("list", { name: "Matches by view" })).toContainText("50 % matched");
  await expectNoViolations(page);

  await page.getByLabel("Name", { exact: true }).fill(NAME);
  await page.getByRole("button", { name: "Save and run" }).click();
  await expect(page.getByRole("heading", { level: 1, name: NAME })).toBeVisible();
  await expect(page.getByText(/^4 rows with 2 features/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("table", { name: "Columns of the result" })).toContainText("avg_daily_trips");
  await expect(page.getByRole("table", { name: "First rows of the result" }).getByRole("row")).toHaveCount(5);
  await expectNoViolations(page);

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).first().click()]);
  expect(download.suggestedFilename()).toBe(`${NAME}.csv`);
  expect((await readFile(await download.path(), "utf8")).split("\n")[0]).toBe("driver_id,event_timestamp,label,conv_rate,avg_daily_trips");
});

test("run again, find it in the list, remove it by name", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(`${consoleUrl}/training-sets/${NAME}`);
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(page.getByText(/^(The same bytes as|Not the bytes of) the run before$/)).toBeVisible({ timeout: 60_000 }); // the feed may have written meanwhile

  await page.goto(`${consoleUrl}/training-sets?q=${NAME}`);
  await expect(page.getByRole("table", { name: "Training sets" })).toContainText("4 rows");
  await expectNoViolations(page);
  await page.getByRole("link", { name: NAME }).first().click();
  await page.getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Remove" })).toBeDisabled();
  await dialog.getByLabel(`Write ${NAME} to remove it`).fill(NAME);
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Training sets" })).toBeVisible();
  await expect(page.getByText(NAME, { exact: true })).toHaveCount(0);
});
