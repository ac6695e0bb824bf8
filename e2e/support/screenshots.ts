import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "@playwright/test";
import { startStack } from "./stack.ts";

/** The main pages, each with a text that is there when it is drawn. */
const PAGES = [
  { name: "overview", path: "/", shows: "Most used views" },
  { name: "catalog", path: "/catalog", shows: "driver_stats" },
  { name: "view", path: "/views/driver_stats", shows: "Succeeded" },
  { name: "feature", path: "/views/driver_stats/features/conv_rate", shows: "Median" },
  { name: "versions", path: "/views/driver_stats?tab=versions", shows: "Version 1" },
  { name: "code", path: "/views/driver_stats?tab=code", shows: "curl" },
  { name: "materialize", path: "/views/driver_stats?materialize=driver_stats", shows: "Takes" },
  { name: "runs", path: "/runs", shows: "Succeeded" },
  { name: "source", path: "/sources/driver_stats", shows: "Newest event" },
  { name: "service", path: "/services/driver_activity", shows: "Definition" },
  { name: "training-set", path: "/training-sets/new", shows: "avg_daily_trips" },
  { name: "monitoring", path: "/monitoring", shows: "vehicle_telemetry" },
  { name: "drift", path: "/monitoring/drift", shows: "acc_rate" },
  { name: "drift-feature", path: "/monitoring/drift/driver_stats/acc_rate", shows: "Which rows does it come from?" },
  { name: "quality", path: "/monitoring/quality", shows: "driver_stats" },
  { name: "parity", path: "/monitoring/parity", shows: "Parity" },
  { name: "freshness", path: "/monitoring/freshness", shows: "vehicle_telemetry" },
  { name: "lookup", path: "/lookup?entity=driver&key=1001", shows: "up to date with the source" },
  { name: "lineage", path: "/lineage?focus=view:driver_stats", shows: "driver_activity" },
] as const;
const LOOKS = [
  { theme: "light", width: 1440, height: 900 },
  { theme: "dark", width: 1440, height: 900 },
  { theme: "light", width: 390, height: 844 },
  { theme: "dark", width: 390, height: 844 },
] as const;
const CHROMIUM = [process.env.LARDER_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const JUDGED_TRIES = 60;
const SETTLE_MS = 600;
const JPEG_QUALITY = 80;

const args = process.argv.slice(2);
const folder = args[0] === "--all" && args[1] ? resolve(args[1]) : null;
if (args.length > 0 && folder === null) {
  process.stderr.write("npm run screenshots [-- --all FOLDER]\n");
  process.exit(2);
}

type Look = (typeof LOOKS)[number];

async function draw(browser: Browser, url: string, page: (typeof PAGES)[number], look: Look, out: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: look.width, height: look.height }, colorScheme: look.theme });
  const tab = await context.newPage();
  await tab.goto(url + page.path);
  await tab.getByText(page.shows).filter({ visible: true }).first().waitFor({ timeout: 60_000 });
  await tab.waitForTimeout(SETTLE_MS); // charts are drawn after their data came
  await tab.screenshot({ path: out, ...(out.endsWith(".jpg") && { type: "jpeg", quality: JPEG_QUALITY }) });
  await context.close();
  process.stderr.write(`${out}\n`);
}

/** The past is judged step by step after the newest windows: a picture is to show where the drift began. */
async function pastIsJudged(browser: Browser, url: string): Promise<void> {
  const tab = await browser.newPage();
  for (let left = JUDGED_TRIES; left > 0; left--) {
    await tab.goto(`${url}/monitoring/drift/driver_stats/acc_rate`);
    const calm = tab.locator("option", { hasText: "stable" }).first();
    if (
      await calm.waitFor({ state: "attached", timeout: 5_000 }).then(
        () => true,
        () => false,
      )
    )
      break;
  }
  await tab.close();
}

const stack = await startStack();
const executablePath = CHROMIUM.find((path) => path && existsSync(path));
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ["--no-sandbox", "--disable-gpu"] });
try {
  const kept = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
  if (folder !== null) await mkdir(folder, { recursive: true });
  await pastIsJudged(browser, stack.consoleUrl);
  for (const page of PAGES) {
    for (const look of LOOKS) {
      const name = `${page.name}-${look.theme}${look.width < 500 ? "-narrow" : ""}`;
      if (folder !== null) await draw(browser, stack.consoleUrl, page, look, join(folder, `${name}.png`));
      else if (look === LOOKS[0]) await draw(browser, stack.consoleUrl, page, look, join(kept, `${page.name}.jpg`));
    }
  }
} finally {
  await browser.close();
  await stack.stop();
}
