import { expect, test } from "./support/quiet-page.ts";
import { stackUrls } from "./support/stack.ts";

/** A driver that no source knows: other specs never see it. */
const NEW_DRIVER = 9_007_199_254_740_993n;

test("from a real key to every feature, as serving answers and as the source has it", async ({ page }) => {
  await page.goto(stackUrls().consoleUrl);
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(page).toHaveTitle("Look up · Larder");
  await page.getByLabel("Entity").selectOption({ label: "driver (5 views)" });
  await expect(page.getByText("Whose features?")).toBeVisible();
  await page
    .getByRole("button", { name: /^1\d{3}$/ })
    .first()
    .click();
  await expect(page).toHaveURL(/entity=driver&key=1\d{3}/);
  const key = new URL(page.url()).searchParams.get("key") ?? "";

  const stats = page.getByRole("table", { name: "Features of driver_feedback" });
  const answer = await online(["driver_feedback:rating_count"], key);
  const row = stats.getByRole("row", { name: /rating_count/ });
  await expect(row.getByRole("cell").nth(1)).toHaveText(String(answer.results[1]?.values[0]));
  await expect(row).toContainText("present");
  await expect(row).toContainText("same");
  await expect(page.getByText("up to date with the source").first()).toBeVisible();

  await page.getByText("The HTTP request and its answer").click();
  await expect(
    page
      .getByText(`"driver_id": [${key}]`)
      .or(page.getByText(`"driver_id":[${key}]`))
      .first(),
  ).toBeVisible();
  await expect(page.getByText('"feature_names":["driver_id"').first()).toBeVisible();

  await page.getByRole("checkbox", { name: "Only differences" }).check();
  await expect(page).toHaveURL(/differences=true/);
  await expect(page.getByText(/features without a difference are not shown/).first()).toBeVisible();
});

test("a pushed row shows that online is newer, or that the source knows nothing of it", async ({ page }) => {
  const known = 1002;
  const df = {
    driver_id: [known, NEW_DRIVER],
    kind: ["scratch", "scratch"],
    severity: [4, 5],
    event_timestamp: [new Date().toISOString(), new Date().toISOString()],
  };
  const rest = { tags: [[], ["night"]], cost: [null, 12.5], is_resolved: [false, true] };
  const body = JSON.stringify({ feature_view_name: "driver_incidents", df: { ...df, ...rest } }, (_key, value) =>
    typeof value === "bigint" ? `#${value}#` : value,
  );
  const pushed = await post("/write-to-online-store", body.replace(/"#(\d+)#"/g, "$1"));
  expect(pushed.ok).toBe(true);

  await page.goto(`${stackUrls().consoleUrl}/lookup?entity=driver&key=${known}&key=${NEW_DRIVER}&key=77`);
  const table = page.getByRole("table", { name: "Features of driver_incidents by key" });
  await expect(table.getByRole("columnheader", { name: new RegExp(String(known)) })).toContainText("online is newer");
  await expect(table.getByRole("columnheader", { name: new RegExp(String(NEW_DRIVER)) })).toContainText("only online");
  await expect(table.getByRole("columnheader", { name: /^77/ })).toContainText("no row anywhere");
  const severity = table.getByRole("row", { name: /severity/ });
  await expect(severity.getByRole("cell").nth(0)).toContainText("4");
  await expect(severity.getByRole("cell").nth(1)).toContainText("5");
  await expect(severity.getByRole("cell").nth(2)).toContainText("not found");
});

test("composite keys are typed part by part, and what is wrong with one is said", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/lookup?entity=zone`);
  const keys = page.getByLabel(/Keys, one a line/);
  await expect(keys).toHaveAttribute("placeholder", "city,cell");
  await page
    .getByRole("button", { name: /^[^,]+,\d+$/ })
    .first()
    .click();
  await expect(page.getByRole("table", { name: "Features of zone_weather" })).toContainText("temperature");
  await keys.fill("Nowhere");
  await keys.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "is made of city, cell" })).toBeVisible();
  await keys.fill("Nowhere, 1");
  await keys.press("Enter");
  await expect(page.getByText("no row anywhere").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Nowhere, 1" })).toBeVisible(); // now a recent key
});

async function online(features: readonly string[], key: string): Promise<{ readonly results: readonly { readonly values: readonly unknown[] }[] }> {
  const answer = await post("/get-online-features", `{"features":${JSON.stringify(features)},"entities":{"driver_id":[${key}]}}`);
  return (await answer.json()) as Awaited<ReturnType<typeof online>>;
}

function post(path: string, body: string): Promise<Response> {
  return fetch(stackUrls().serveUrl + path, { method: "POST", headers: { "content-type": "application/json" }, body });
}
