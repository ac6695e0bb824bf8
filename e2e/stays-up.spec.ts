import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLogger } from "../src/kit/index.ts";
import { type OpenedDatabase, openDatabase } from "../src/runtime/index.ts";
import { type CutOff, cutOff } from "./support/cut-off.ts";
import { expect, test } from "./support/quiet-page.ts";
import { type Stack, startStack } from "./support/stack.ts";

/* What the console does while PostgreSQL or the serving process is away: it says so calmly, keeps what it shows, and recovers by itself. */
test.describe.configure({ mode: "serial" });
test.use({ expectedErrors: [/./] }); // a browser logs every request that fails

let home: string;
let database: OpenedDatabase;
let way: CutOff;
let stack: Stack;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  home = await mkdtemp(join(tmpdir(), "larder-stays-up-"));
  database = await openDatabase({ databaseUrl: undefined, home, logger: silentLogger });
  const url = new URL(database.url);
  way = await cutOff(Number(url.port));
  url.port = String(way.port);
  stack = await startStack({ env: { DATABASE_URL: url.href } });
  await expect.poll(() => stack.output(), { timeout: 120_000 }).toContain("Applied");
});

test.afterAll(async () => {
  await way?.mend();
  await stack?.stop();
  await way?.cut();
  await database?.stop();
  await rm(home, { recursive: true, force: true });
});

test("PostgreSQL goes and comes back while a page is open", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(`${stack.consoleUrl}/catalog?kind=feature_view`);
  const row = page.getByRole("row", { name: /driver_stats/ }).first();
  await expect(row).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();

  await way.cut();
  await expect(page.getByText(/Live updates stopped/)).toBeVisible({ timeout: 60_000 });
  await expect(row).toBeVisible();
  await page.getByRole("searchbox", { name: "Search the catalog" }).fill("zone");
  await expect(page.getByText("The database does not answer.").or(page.getByText("The registry's database does not answer.")).first()).toBeVisible({
    timeout: 60_000,
  });

  await way.mend();
  await expect(page.getByText("Live", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/Live updates stopped/)).toBeHidden();
  await expect(page.getByRole("row", { name: /zone_weather/ }).first()).toBeVisible({ timeout: 60_000 });
});

test("the serving process stands still and goes on while a page is open", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(`${stack.consoleUrl}/catalog?kind=feature_view`);
  const row = page.getByRole("row", { name: /driver_stats/ }).first();
  await expect(row).toBeVisible();
  const serving = await servingProcess(stack.home);
  const banner = page.getByText(/The serving process does not answer/);
  process.kill(serving, "SIGSTOP");
  try {
    await expect(banner).toBeVisible({ timeout: 60_000 });
    await expect(row).toBeVisible();
  } finally {
    process.kill(serving, "SIGCONT");
  }
  await expect(banner).toBeHidden({ timeout: 60_000 });
});

/** Its process id, told from others by the data folder in its environment. */
async function servingProcess(dataFolder: string): Promise<number> {
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const [command, environment] = await Promise.all(["cmdline", "environ"].map((file) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "")));
    if (command?.includes("src/http/main.ts") && environment?.includes(`LARDER_HOME=${dataFolder}\0`)) return Number(pid);
  }
  throw new Error("the serving process was not found");
}
