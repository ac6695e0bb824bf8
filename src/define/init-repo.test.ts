import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock, parseTimestamp } from "../kit/index.ts";
import { withFolder } from "../testing/world.ts";
import { initRepo, loadRepo } from "./index.ts";

const TSC = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
const run = promisify(execFile);
const clock = fixedClock(parseTimestamp("2026-04-12T08:20:00Z"));

let folder: Awaited<ReturnType<typeof withFolder>>;
beforeAll(async () => {
  folder = await withFolder(); // an empty folder outside the checkout
});
afterAll(() => folder.dispose());

/** What an editor would underline, the library's own declarations included. */
async function typeErrors(dir: string): Promise<string[]> {
  const check = run(process.execPath, [TSC, "-p", dir, "--skipLibCheck", "false", "--pretty", "false"], { cwd: dir });
  return check.then(
    () => [],
    (error: { readonly stdout: string }) => error.stdout.trim().split("\n"),
  );
}

describe("a new feature repo", { timeout: 60_000 }, () => {
  it("type-checks, loads without a problem, and has its data", async () => {
    const dir = join(folder.path, "My 1st repo");
    const made = await initRepo(dir, { clock });
    expect(made.project).toBe("my_1st_repo");
    expect(made.files).toEqual(expect.arrayContaining(["feature_store.yaml", "features.ts", "data/driver_stats.csv", "larder.d.ts", "tsconfig.json"]));
    expect(await typeErrors(dir)).toEqual([]);
    const loaded = await loadRepo(dir);
    expect(loaded).toMatchObject({ project: "my_1st_repo", problems: [] });
    expect(loaded.definitions.map(({ definition }) => `${definition.kind} ${definition.name}`).sort()).toEqual([
      "data_source driver_stats",
      "entity driver",
      "feature_service driver_activity",
      "feature_view driver_stats",
    ]);
    const [header, ...rows] = (await readFile(join(dir, "data/driver_stats.csv"), "utf8")).trim().split("\n");
    expect(header).toBe("event_timestamp,driver_id,conv_rate,acc_rate,avg_daily_trips,created");
    expect(rows).toHaveLength(480);
    expect(rows.at(-1)).toMatch(/^2026-04-12T08:00:00Z,1010,0\.\d{4},0\.\d{4},\d+,2026-04-12T08:02:00Z$/);
  });

  it("shows a wrong reference in the editor", async () => {
    const dir = join(folder.path, "wrong");
    await initRepo(dir, { project: "wrong", clock });
    const services = join(dir, "feature_services.ts");
    await writeFile(services, (await readFile(services, "utf8")).replace('"avg_daily_trips"', '"avg_dayly_trips"'));
    expect(await typeErrors(dir)).toEqual([expect.stringMatching(/^feature_services\.ts\(7,\d+\): error TS2345: .*"avg_dayly_trips"/)]);
    expect((await loadRepo(dir)).problems).toMatchObject([{ file: "feature_services.ts", line: 7 }]);
  });

  it("overwrites nothing", async () => {
    const dir = join(folder.path, "taken");
    await initRepo(dir, { clock });
    await writeFile(join(dir, "features.ts"), "// mine");
    await expect(initRepo(dir, { clock })).rejects.toMatchObject({ code: "already_exists", message: expect.stringMatching(/features\.ts/) });
    expect(await readFile(join(dir, "features.ts"), "utf8")).toBe("// mine");
  });

  it("refuses a name that is none", async () => {
    await expect(initRepo(join(folder.path, "x"), { project: "a b" })).rejects.toMatchObject({ code: "invalid_argument" });
  });
});
