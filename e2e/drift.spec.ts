import { readFile } from "node:fs/promises";
import { expectGoodInBothLooks } from "./support/accessible.ts";
import { expect, test } from "./support/quiet-page.ts";
import { stackUrls } from "./support/stack.ts";

/* In the example acc_rate of driver_stats drifts, for the drivers hired last: found, named and explained without anybody asking. */

const FEATURE = "/monitoring/drift/driver_stats/acc_rate";

test("the drifting feature is found from the overview; its page names the onset and the segment, and exports its figures", async ({ page }) => {
  test.setTimeout(240_000);
  const { consoleUrl } = stackUrls();
  await page.goto(consoleUrl);
  const found = page.getByRole("listitem").filter({ hasText: "acc_rate of driver_stats drifts" });
  await expect(found).toBeVisible({ timeout: 180_000 });
  await expect(found).toContainText(/PSI \d\.\d+, n = 1,000 vs 1,000 · since \d+ d ago · team fleet · hits .*driver_activity/);
  await found.getByRole("link", { name: "Look at it" }).click();
  await expect(page.getByRole("heading", { name: "acc_rate" })).toBeVisible();
  await expect(page.getByText(/since 20\d\d-\d\d-\d\d/).first()).toBeVisible();
  await expect(page.getByText(/^onset 20\d\d-\d\d-\d\d$/)).toBeVisible();
  await expect(page.getByText(/Rows where driver_id is > 16\d\d.* carry 9\d.* of the shift, and are 40 % of all rows/)).toBeVisible({ timeout: 60_000 });

  await page.getByRole("button", { name: "Export: Which values moved?" }).click();
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Figures as CSV" }).click()]);
  expect(csv.suggestedFilename()).toBe("drift-driver_stats-acc_rate-bins.csv");
  const lines = (await readFile(await csv.path(), "utf8")).trim().split("\r\n");
  expect([lines[0]?.startsWith("bin,rows of the baseline,rows of the window"), lines.length]).toEqual([true, 12]);

  await page.getByRole("button", { name: "Export: Since when?" }).click();
  const [png] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Chart as PNG" }).click()]);
  const picture = await readFile(await png.path());
  expect([picture.subarray(1, 4).toString(), picture.length > 10_000]).toEqual(["PNG", true]);
});

test("windows are walked by click and have addresses; the table has the figures of the chart", async ({ page }) => {
  await page.goto(stackUrls().consoleUrl + FEATURE);
  await page.getByRole("button", { name: "The window before" }).click();
  await expect(page).toHaveURL(/window=20\d\d-\d\d-\d\dT00(:|%3A)00(:|%3A)00Z$/);
  await page.reload();
  await expect(page.getByRole("button", { name: "The window after" })).toBeEnabled();
  await page
    .getByRole("radiogroup", { name: /Since when/ })
    .or(page.getByRole("group", { name: /Since when/ }))
    .getByText("Table")
    .click();
  await expect(page.getByRole("table", { name: "Since when?" }).getByRole("row").nth(1)).toContainText("drift");
});

test("settings tell what they would have raised before they are saved", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/views/driver_stats?tab=monitoring`);
  await page.getByRole("button", { name: "Drift settings" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("With these settings, the last 30 days would have raised 1 incident.")).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole("checkbox", { name: "acc_rate" }).uncheck();
  await expect(dialog.getByText("With these settings, the last 30 days would have raised no incident.")).toBeVisible({ timeout: 30_000 });
  await dialog.getByLabel("Judged from rows").fill("2");
  await expect(dialog.getByText("A whole number from 10 on.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Save" })).toBeDisabled();
  await dialog.getByRole("button", { name: "Cancel" }).click();
});

const PAGES = [
  { path: "/monitoring/drift", title: "Drift · Larder", shows: "Which features drift?" },
  { path: FEATURE, title: "Drift of acc_rate of driver_stats · Larder", shows: "onset" },
] as const;

for (const { path, title, shows } of PAGES) {
  test(`${path} is titled, accessible in both themes, and fits a phone`, async ({ page }) => {
    await page.goto(stackUrls().consoleUrl + path);
    await expect(page).toHaveTitle(title);
    await expect(page.getByText(shows).filter({ visible: true }).first()).toBeVisible();
    await expectGoodInBothLooks(page);
  });
}
