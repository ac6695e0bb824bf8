import type { Page } from "@playwright/test";
import { expectNoViolations } from "./support/accessible.ts";
import { expect, test } from "./support/quiet-page.ts";
import { stackUrls } from "./support/stack.ts";

const PAGES = [
  { path: "/", title: "Overview · Larder", shows: "Newest definitions" },
  { path: "/catalog", title: "Catalog · Larder", shows: "driver_stats" },
  { path: "/catalog?density=detailed&kind=feature_view", title: "Catalog · Larder", shows: "How a driver has been doing" },
  { path: "/catalog?q=drvier&kind=feature", title: "Catalog · Larder", shows: "Nothing contains “drvier”" },
  { path: "/entities", title: "Entities · Larder", shows: "driver" },
  { path: "/entities/driver", title: "driver · Larder", shows: "Feature views of it" },
  { path: "/sources", title: "Sources · Larder", shows: "driver_stats" },
  { path: "/sources/driver_stats", title: "driver_stats · Larder", shows: "Newest event" },
  { path: "/services", title: "Services · Larder", shows: "driver_activity" },
  { path: "/services/driver_activity", title: "driver_activity · Larder", shows: "driver_stats_stream" },
  { path: "/views/driver_stats", title: "driver_stats · Larder", shows: "Lineage" },
  { path: "/views/driver_stats/features/conv_rate", title: "conv_rate of driver_stats · Larder", shows: "How are its values distributed?" },
  { path: "/views/driver_stats?tab=features", title: "driver_stats · Larder", shows: "all rows of the source" },
  { path: "/views/driver_stats?tab=data", title: "driver_stats · Larder", shows: "rows shown" },
  { path: "/views/driver_stats?tab=runs", title: "driver_stats · Larder", shows: "Runs of this view" },
  { path: "/views/driver_stats?tab=versions", title: "driver_stats · Larder", shows: "Version 1" },
  { path: "/views/driver_stats?tab=code", title: "driver_stats · Larder", shows: "every snippet runs as it stands" },
  { path: "/views/driver_stats?materialize=driver_stats", title: "driver_stats · Larder", shows: "Since the last run" },
  { path: "/lookup", title: "Look up · Larder", shows: "Whose features?" },
  { path: "/lookup?entity=driver&key=1001", title: "Look up · Larder", shows: "up to date with the source" },
  { path: "/lookup?entity=driver&key=1001&key=77", title: "Look up · Larder", shows: "no row anywhere" },
  { path: "/training-sets", title: "Training sets · Larder", shows: "New training set" },
  { path: "/training-sets/new", title: "New training set · Larder", shows: "Drop a file here" },
  { path: "/lineage", title: "Lineage · Larder", shows: /\d+ objects/ },
  { path: "/lineage?focus=view:driver_stats", title: "Lineage of driver_stats · Larder", shows: "dispatch_ranking" },
  { path: "/lineage?as=list", title: "Lineage · Larder", shows: "Feature services" },
  { path: "/runs", title: "Runs · Larder", shows: "driver_stats" },
  { path: "/runs?state=failed&view=no_such_view", title: "Runs · Larder", shows: "No run is like that" },
] as const;

const NARROW = { width: 390, height: 844 };

for (const { path, title, shows } of PAGES) {
  test(`${path} is titled, accessible in both themes, and fits a phone`, async ({ page }) => {
    await page.goto(stackUrls().consoleUrl + path);
    await expect(page).toHaveTitle(title);
    await expect(page.getByText(shows).filter({ visible: true }).first()).toBeVisible();
    await expectNoViolations(page);
    await page.setViewportSize(NARROW);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectNoSidewaysScroll(page);
    await expectNoViolations(page);
  });
}

test.describe("an address without a page", () => {
  test.use({ expectedErrors: [/status of 404/] });

  test("is a 404 that leads on", async ({ page }) => {
    for (const path of [
      "/no/such/page",
      "/views/no_such_view",
      "/views/driver_stats/features/no_such_feature",
      "/runs/01NOSUCHRUN",
      "/sources/no_such_source",
    ]) {
      const answer = await page.goto(stackUrls().consoleUrl + path);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
    }
    await expectNoViolations(page);
    await page.getByRole("link", { name: "Go to the catalog" }).click();
    await expect(page).toHaveTitle("Catalog · Larder");
  });
});

test("a run of the newest kind is accessible in both themes", async ({ page }) => {
  await page.goto(`${stackUrls().consoleUrl}/runs?view=driver_stats`);
  await page.getByRole("table").getByRole("link", { name: "driver_stats" }).last().click();
  await expect(page.getByRole("heading", { name: "Log" })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoViolations(page);
  }
});

test("refuses who does not come from its own pages", async ({ request }) => {
  const { consoleUrl } = stackUrls();
  const url = `${consoleUrl}/api/trpc/materialize.start`;
  const foreign = await request.post(url, { headers: { origin: "http://evil.example" }, data: {} });
  expect(foreign.status()).toBe(403);
  const renamed = await request.get(consoleUrl, { headers: { host: "evil.example" } });
  expect(renamed.status()).toBe(403);
  const own = await request.get(consoleUrl);
  expect(own.headers()["content-security-policy"]).toContain("default-src 'self'");
});

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
}
