import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** The system's Chromium where there is one, else the browser that `npx playwright install chromium` brings. */
const chromium = [
  process.env.LARDER_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
].find((path) => path && existsSync(path));

// One real Larder for all specs (e2e/support/stack.ts). Those that change it run one after the other; beside them run those that only look, which hold
// whatever the others do, and stays-up, which has a Larder of its own that it takes apart, and mostly waits.
const LOOKING = ["pages.spec.ts", "keyboard.spec.ts"];
const OWN = "stays-up.spec.ts";

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  globalSetup: "./e2e/support/global-setup.ts",
  workers: 2,
  projects: [
    { name: "changing", testIgnore: [OWN, ...LOOKING], workers: 1 },
    { name: "own", testMatch: OWN, workers: 1 },
    { name: "looking", testMatch: LOOKING, workers: 1 },
  ],
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    trace: { mode: "retain-on-failure", screenshots: false }, // a film of every test costs a sixth of the time; what the page held is in the trace too
    screenshot: "only-on-failure",
    launchOptions: {
      ...(chromium && { executablePath: chromium }),
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
});
