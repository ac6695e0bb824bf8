import { expect, test } from "./support/quiet-page.ts";
import { stackUrls } from "./support/stack.ts";

test("from a view to its graph, around another object by click, narrowed by steps", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/views/driver_stats`);
  await page.getByRole("link", { name: "Whole graph" }).click();
  await expect(page).toHaveTitle("Lineage of driver_stats · Larder");
  const graph = page.locator(".react-flow");
  await expect(graph.getByRole("link")).toHaveCount(4); // its source, itself, two services
  await graph.getByRole("button", { name: "Show the lineage around dispatch_ranking" }).click();
  await expect(page).toHaveURL(/focus=service(%3A|:)dispatch_ranking/);
  await expect(graph.getByRole("link", { name: /vehicle_telemetry/ })).toHaveCount(2);

  await page.getByRole("radio", { name: "Upstream: 1 steps" }).click();
  await expect(page).toHaveURL(/up=1/);
  await expect(graph.getByRole("link", { name: /vehicle_telemetry/ })).toHaveCount(1); // the view, no longer its source
  await graph.getByRole("link", { name: /vehicle_telemetry/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "vehicle_telemetry" })).toBeVisible();
});

test("walked by keys: search, arrows, Enter", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/lineage`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("rider_churn");
  await expect(page).toHaveURL(/q=rider_churn/);
  await page.getByRole("list", { name: "Found in the project" }).getByRole("button").first().press("Enter");
  await expect(page).toHaveTitle("Lineage of rider_churn · Larder");
  const service = page.locator('[data-lineage-id="feature_service:rider_churn"]');
  await service.focus();
  await page.keyboard.press("ArrowLeft");
  const view = page.locator('[data-lineage-id^="feature_view:"]:focus');
  await expect(view).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator('[data-lineage-id^="data_source:"]:focus')).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(view).toBeVisible();
  const name = ((await view.getAttribute("data-lineage-id")) ?? "").replace("feature_view:", "");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("the list says the same, and is what a phone shows", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/lineage`);
  await page.getByRole("radio", { name: "List" }).click();
  const views = page.getByRole("table", { name: "Feature views" });
  const row = views.getByRole("row", { name: /^driver_stats batch/ });
  await expect(row.getByRole("link")).toHaveText(["driver_stats", "driver_stats", "dispatch_ranking", "driver_activity"]);
  await page.getByRole("searchbox", { name: "Find an object" }).fill("sql");
  await expect(views.getByRole("row")).toHaveCount(4); // the head and the three views with a transform
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${stackUrls().consoleUrl}/lineage?focus=view:driver_reliability`);
  await expect(page.getByRole("list", { name: "Feature services" }).getByRole("link", { name: "dispatch_ranking" })).toBeVisible();
  await expect(page.locator(".react-flow")).toBeHidden();
});

test("an object that is not there is said to be gone", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/lineage?focus=view:no_such_view`);
  await expect(page.getByRole("alert").filter({ hasText: "no_such_view" })).toBeVisible();
  await page.getByRole("button", { name: "Whole project" }).click();
  await expect(page.getByText("29 objects")).toBeVisible();
});
