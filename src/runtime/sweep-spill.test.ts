import { spawnSync } from "node:child_process";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withFolder } from "../testing/world.ts";
import { spillDirectory, sweepSpill } from "./sweep-spill.ts";

it("sweeps what killed processes spilled, and nothing of the living or of others", async () => {
  const { path: home, dispose } = await withFolder();
  const now = Date.now();
  const spill = async (name: string, pid: number, ageMinutes: number) => {
    const path = spillDirectory(home, name, pid);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, "duckdb_temp_storage.tmp"), "rows");
    const touched = new Date(now - ageMinutes * 60_000);
    await utimes(path, touched, touched);
  };
  const dead = spawnSync(process.execPath, ["--version"]).pid;
  await spill("worker", dead, 60);
  await spill("serve", dead, 1);
  await spill("worker", process.pid, 60);
  await mkdir(join(home, "spill", "mine"));
  expect(await sweepSpill(home, now)).toEqual([`worker-${dead}`]);
  expect((await readdir(join(home, "spill"))).sort()).toEqual(["mine", `serve-${dead}`, `worker-${process.pid}`].sort());
  expect(await sweepSpill(join(home, "nowhere"), now)).toEqual([]);
  await dispose();
});
