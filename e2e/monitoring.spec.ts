import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expectGoodInBothLooks } from "./support/accessible.ts";
import { expect, test } from "./support/quiet-page.ts";
import { stackUrls } from "./support/stack.ts";

/* The example's vehicle_telemetry has a feed that stopped: the monitor finds it by itself, and the others stay quiet. */

test("the view whose feed stopped is raised within two minutes, with its cause; the healthy ones are not", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(`${stackUrls().consoleUrl}/monitoring`);
  const incidents = page.getByRole("table", { name: "Open incidents" });
  await expect(incidents.getByRole("link", { name: "vehicle_telemetry is late" })).toBeVisible({ timeout: 120_000 });
  await expect(incidents.getByRole("link", { name: / is late$/ })).toHaveCount(1);
  await incidents.getByRole("link", { name: "vehicle_telemetry is late" }).click();
  await expect(page.getByRole("heading", { name: "vehicle_telemetry is late" })).toBeVisible();
  await expect(page.getByText(/has no row newer than/).first()).toBeVisible();
  const acknowledge = page.getByRole("button", { name: "Acknowledge" });
  if (await acknowledge.isVisible()) await acknowledge.click();
  await expect(page.getByRole("heading", { name: "Timeline" }).locator("..").locator("..").getByText("Acknowledged")).toBeVisible();
  await page.getByRole("button", { name: "Assign" }).click();
  await page.getByRole("menuitem", { name: "someone else" }).click();
  await page.getByLabel("To").fill("Zoë of the night shift");
  await page.getByRole("dialog").getByRole("button", { name: "Assign" }).click();
  await expect(page.getByText("Assigned by").or(page.getByText("to Zoë of the night shift")).last()).toBeVisible();
});

test("a schedule is paused and resumed on the page of its view", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/views/city_calendar`);
  await expect(page.getByText("Next run")).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("paused", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
});

test("a webhook is added with two routes, its secret shown once, tested, and removed", async ({ page }) => {
  const got: string[] = [];
  const server = createServer((request, response) => {
    got.push(String(request.headers["larder-signature"]));
    request.resume().on("end", () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await page.goto(`${stackUrls().consoleUrl}/monitoring/alerts`);
    await page.getByRole("button", { name: "Add a channel" }).first().click();
    await page.getByLabel("Name").fill("e2e hook");
    await page.getByLabel("Address").fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
    await page.getByRole("button", { name: "Add a route" }).click();
    await page.getByLabel("Team of route 1").fill("growth");
    await page.getByLabel("Team of route 2").fill("fleet");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { name: "The signing secret" })).toBeVisible();
    await page.getByRole("button", { name: "Done" }).click();
    await expect(page.getByRole("table", { name: "Alert channels" }).getByText("all of team growth; critical ones of team fleet")).toBeVisible();
    await page.getByRole("button", { name: "Test" }).click();
    await expect(page.locator("p", { hasText: "The test arrived at e2e hook" })).toBeVisible(); // in a box of ours: other notices have no look
    expect(got).toEqual([expect.stringMatching(/^sha256=[0-9a-f]{64}$/)]);
    await page.getByRole("button", { name: "Remove e2e hook" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove e2e hook" }).click();
    await expect(page.getByText("Nobody is told yet")).toBeVisible();
  } finally {
    server.close();
  }
});

test("the sampling of a view is set by a click, and what is served from then on is kept", async ({ page }) => {
  test.setTimeout(120_000);
  const { consoleUrl, serveUrl } = stackUrls();
  await page.goto(`${consoleUrl}/monitoring/parity`);
  await page.getByRole("table", { name: "Parity of views" }).getByRole("link", { name: "rider_spend" }).click();
  await page.getByRole("button", { name: "Sampling" }).click();
  await page.getByLabel("Share of the served rows, in percent").fill("100");
  await page.getByLabel(/Rows per second/).fill("50");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Serving keeps 100 % of what it answers for rider_spend")).toBeVisible();
  const block = page.locator("section", { has: page.getByRole("heading", { name: "Parity", exact: true }) });
  await expect(async () => {
    const body = JSON.stringify({ features: ["rider_spend:tip_rate", "rider_spend:promotions"], entities: { rider_id: [1, 2, 3] } });
    const answer = await fetch(`${serveUrl}/get-online-features`, { method: "POST", headers: { "content-type": "application/json" }, body });
    expect(answer.status).toBe(200);
    await page.reload();
    await expect(block.getByText(/served rows? waiting to be compared|not compared yet|of \d+/).first()).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 60_000 });
});

const PAGES = [
  { path: "/monitoring", title: "Monitoring · Larder", shows: "Views that are not on time" },
  { path: "/monitoring/freshness", title: "Freshness · Larder", shows: "vehicle_telemetry" },
  { path: "/monitoring/ttl", title: "TTL staleness · Larder", shows: "Online keys whose newest row" },
  { path: "/monitoring/quality", title: "Quality · Larder", shows: "held against what is expected" },
  { path: "/monitoring/parity", title: "Parity · Larder", shows: "driver_stats" },
  { path: "/monitoring/alerts", title: "Alerts · Larder", shows: "Add a channel" },
  { path: "/incidents", title: "Incidents · Larder", shows: "vehicle_telemetry is late" },
  { path: "/views/driver_stats?tab=monitoring", title: "driver_stats · Larder", shows: "Was it on time?" },
] as const;

for (const { path, title, shows } of PAGES) {
  test(`${path} is titled, accessible in both themes, and fits a phone`, async ({ page }) => {
    await page.goto(stackUrls().consoleUrl + path);
    await expect(page).toHaveTitle(title);
    await expect(page.getByText(shows).filter({ visible: true }).first()).toBeVisible();
    await expectGoodInBothLooks(page);
  });
}

test("ttl staleness is searched by name, and says so when nothing is named like that", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/monitoring/ttl`);
  const views = page.getByRole("table", { name: "TTL staleness of views" });
  await expect(views.getByRole("link", { name: "city_calendar" })).toBeVisible();
  await page.getByLabel("Only views of this name").fill("telemetry");
  await expect(views.getByRole("link", { name: "city_calendar" })).toBeHidden();
  await expect(views.getByRole("link", { name: "vehicle_telemetry" })).toBeVisible();
  await page.getByLabel("Only views of this name").fill("unheard of");
  await page.getByRole("button", { name: "Show all views" }).click();
  await expect(views.getByRole("link", { name: "city_calendar" })).toBeVisible();
});

test("the rows of the example are as they should be, day by day, as a chart and as tables", async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto(`${stackUrls().consoleUrl}/monitoring/quality`);
  const views = page.getByRole("table", { name: "Quality of views" });
  await expect(views.getByRole("row").filter({ hasText: "driver_stats" }).first()).toContainText("as usual", { timeout: 180_000 });
  await expect(views.getByText("not as it should be")).toHaveCount(0);
  await expect(views.getByRole("img", { name: "driver_stats: 0 bad days of 30" })).toBeVisible();
  await views.getByRole("link", { name: "driver_stats", exact: true }).click();
  await expect(page.getByText("Are its rows as they should be?")).toBeVisible();
  await page.getByRole("radio", { name: "Days" }).click();
  await expect(page.getByRole("table", { name: "Days, the newest first" }).getByRole("row")).toHaveCount(31);
  await page.getByRole("radio", { name: "Features" }).click();
  await expect(page.getByRole("table", { name: "Features on the newest day" }).getByRole("row").filter({ hasText: "conv_rate" })).toContainText(
    "min: 0, max: 0",
  );
});
