import { expect, test } from "./support/quiet-page.ts";
import { stackUrls } from "./support/stack.ts";

/* Find a feature among all of them: words with a slip, facets with counts, an address that a colleague can open. */

test("a misspelt word finds what was meant, and says so", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/catalog`);
  await page.getByRole("searchbox", { name: "Search the catalog" }).fill("drvier_stats");
  await expect(page.getByText("Nothing contains “drvier_stats”")).toBeVisible();
  await expect(page.getByRole("row").nth(1)).toContainText("driver_stats");
});

test("facets narrow, count what they would leave, and stand in the address", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/catalog?q=rate`);
  const filters = page.getByRole("complementary", { name: "Filters" });
  const features = filters.getByRole("checkbox", { name: /^features/ });
  await features.check();
  await expect(page).toHaveURL(/kind=feature/);
  const rows = page.getByRole("table", { name: "Catalog" }).locator("tbody tr");
  const left = Number(
    await filters
      .locator("label")
      .filter({ hasText: /^features/ })
      .locator(".tabular")
      .textContent(),
  );
  await expect(rows).toHaveCount(left);
  await expect(rows.first()).toContainText("feature");

  const owner = filters.getByRole("group", { name: "Owner" }).getByRole("checkbox").first();
  await owner.check();
  await expect(page).toHaveURL(/owner=/);
  await page.reload();
  await expect(owner).toBeChecked();
  await expect(features).toBeChecked();

  await filters.getByRole("button", { name: "Clear all filters" }).click();
  await expect(features).not.toBeChecked();
  await expect(page).not.toHaveURL(/owner=/);
});

test("what matches nothing says so and leads back", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/catalog?q=qqqqqqqq`);
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
});

test("on a phone the filters open above the list", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${stackUrls().consoleUrl}/catalog`);
  const filters = page.getByRole("complementary", { name: "Filters" });
  await expect(filters).toBeHidden();
  await page.getByRole("button", { name: "Filters" }).click();
  await filters.getByRole("checkbox", { name: /^feature views/ }).check();
  await expect(page.getByRole("button", { name: "Filters (1)" })).toBeVisible();
  await expect(page).toHaveURL(/kind=feature_view/);
});
