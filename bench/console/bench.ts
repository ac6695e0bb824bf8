import { existsSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Browser, chromium } from "@playwright/test";
import { startStack } from "../../e2e/support/stack.ts";
import type { Bench, Measure } from "../harness/bench.ts";

const KB_MAX = 250;

/** The pages, with what must answer to the reader for the page to count as usable. */
const ROUTES = [
  { path: "/", usable: "[data-row-link]" },
  { path: "/catalog", usable: "[data-page-search]" },
  { path: "/views/driver_stats", usable: "[role=tab]" },
  { path: "/views/driver_stats/features/conv_rate", usable: "main button" },
  { path: "/runs", usable: "[data-page-search]" },
  { path: "/sources/driver_stats", usable: "main a" },
  { path: "/services/driver_activity", usable: "main a" },
  { path: "/entities/driver", usable: "main a" },
] as const;
const TIMED: readonly string[] = ["/catalog", "/views/driver_stats"];
const CHROMIUM = [process.env.LARDER_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const consoleBench: Bench = {
  name: "console",
  title: "JavaScript that a page needs to stand, compressed, and how soon it answers to the reader",
  reference: "none: the target is 250 kB a page",
  async run({ rounds, say }) {
    const stack = await startStack();
    const executablePath = CHROMIUM.find((path) => path && existsSync(path));
    const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ["--no-sandbox", "--disable-gpu"] });
    try {
      const measures: Measure[] = [];
      for (const { path } of ROUTES) {
        const kilobytes = await scriptKilobytes(stack.consoleUrl + path);
        measures.push({ what: `${path}: scripts, gzip`, unit: "kB", ours: [kilobytes], reference: null, limit: { max: KB_MAX } });
      }
      for (const { path, usable } of ROUTES.filter((route) => TIMED.includes(route.path))) {
        const times: number[] = [];
        for (let round = 0; round < rounds; round += 1) times.push(await usableAfter(browser, stack.consoleUrl + path, usable));
        say(`${path}: ${times.map((ms) => ms.toFixed(0)).join(", ")} ms`);
        measures.push({ what: `${path}: usable after`, unit: "ms", ours: times, reference: null });
      }
      return measures;
    } finally {
      await browser.close();
      await stack.stop();
    }
  },
};

/** Scripts that the page's HTML names, without those that only old browsers run. */
async function scriptKilobytes(url: string): Promise<number> {
  const html = (await (await fetch(url)).text()).replace(/<script[^>]*\bnomodule\b[^>]*>/gi, "");
  const scripts = new Set(Array.from(html.matchAll(/\/_next\/static\/chunks\/[^"\\]+\.js/g), ([script]) => script));
  if (scripts.size === 0) throw new Error(`${url} names no script`);
  const sizes = await Promise.all([...scripts].map(async (script) => gzipSync(await (await fetch(new URL(script, url))).bytes()).length));
  return sizes.reduce((sum, size) => sum + size, 0) / 1_000;
}

/** Milliseconds from the click on an address to an element that has its handlers, with nothing in the cache. */
async function usableAfter(browser: Browser, url: string, selector: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: "commit" });
    const handle = await page.waitForFunction((wanted) => {
      const element = document.querySelector(wanted);
      const isHydrated = element !== null && Object.keys(element).some((key) => key.startsWith("__reactProps"));
      return isHydrated ? performance.now() : null;
    }, selector);
    return Number(await handle.jsonValue());
  } finally {
    await context.close();
  }
}
