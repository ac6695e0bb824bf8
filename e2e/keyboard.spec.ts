import { expect, test } from "./support/quiet-page.ts";
import { stackUrls } from "./support/stack.ts";

test("everything by keys: places, search, rows, palette, help", async ({ page }) => {
  await page.goto(stackUrls().consoleUrl);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();

  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveTitle("Catalog · Larder");

  await page.keyboard.press("/");
  await page.keyboard.type("driver_stats");
  await expect(page).toHaveURL(/q=driver_stats/);
  await expect(page.getByRole("row").nth(1)).toContainText("driver_stats");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/q=/);

  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const first = page.getByRole("row").nth(1).getByRole("link");
  await expect(first).toBeFocused();
  const name = await first.textContent();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: name ?? "" })).toBeVisible();

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keys" });
  await expect(help).toContainText("Next row");
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
});

test("the palette opens objects and starts what can be done", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/runs`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Find anything" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("driver_activity");
  await expect(palette.getByRole("option", { name: /driver_activity/ }).first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/services\/driver_activity/);

  await page.keyboard.press("Control+k");
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("mat driver_stats");
  await expect(palette.getByRole("option", { name: "Materialize driver_stats", exact: true })).toBeVisible();
  await palette.getByRole("option", { name: "Materialize driver_stats", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Materialize driver_stats" });
  await expect(dialog).toContainText("larder materialize-incremental driver_stats");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page).not.toHaveURL(/materialize=/);
});

test("the theme is chosen and remembered", async ({ page }) => {
  await page.goto(stackUrls().consoleUrl);
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitem", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await page.reload();
  await expect(page.locator("html")).toHaveClass(/dark/);
});
