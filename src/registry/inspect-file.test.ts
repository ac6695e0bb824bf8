import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor, FileFormat } from "../domain/index.ts";
import { duckdbOfflineStore } from "../offline/adapters/duckdb.ts";
import { policyAuthorizer } from "../sharing/index.ts";
import { localOwner } from "../testing/builders.ts";
import { writeParquet } from "../testing/offline-files.ts";
import { withFolder } from "../testing/world.ts";
import { localFolders } from "./adapters/local-folders.ts";
import { browseFiles } from "./browse-files.ts";
import { type InspectFileDeps, inspectFile } from "./inspect-file.ts";

let world: Awaited<ReturnType<typeof withFolder>>;
let data = "";
let store: ReturnType<typeof duckdbOfflineStore>;
let deps: InspectFileDeps;

beforeAll(async () => {
  world = await withFolder();
  data = join(await realpath(world.path), "data");
  await mkdir(data);
  const rows = `select i::bigint driver_id, timestamptz '2026-11-23 08:00:00+00' + interval (i) minute datetime, timestamptz '2026-11-23 09:00:00+00' created,
    (i / 10.0)::float conv_rate, (i / 3)::decimal(10,2) price, null::struct(a int) detail from range(1, 21) t(i)`;
  await writeParquet(join(data, "stats.parquet"), rows);
  await writeFile(join(data, "orders.csv"), "event_timestamp,order_id,amount\n2026-04-12 10:59:42,1,2.5\n2026-04-12 08:12:10,2,3.5\n");
  await writeFile(join(data, "broken.parquet"), "nonsense");
  store = duckdbOfflineStore({ memoryLimitMb: 128, threads: 1, tempDirectory: join(world.path, "spill"), env: {} });
  deps = { folders: localFolders({ roots: [data], home: join(world.path, "home") }), inspector: store, authorizer: policyAuthorizer() };
});
afterAll(async () => {
  await store.dispose();
  await world.dispose();
});

function inspect(file: string, format: FileFormat = "parquet", actor: Actor = localOwner) {
  return inspectFile(deps, { actor, project: "rides", path: file.startsWith("/") ? file : join(data, file), format, times: null });
}

describe("a file that is looked into", () => {
  it("shows columns with their types, proposes its times, and gives first rows and the range of times", async () => {
    const found = await inspect("stats.parquet");
    expect(found.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      "driver_id int64",
      "datetime timestamp",
      "created timestamp",
      "conv_rate float32",
      "price null",
      "detail null",
    ]);
    expect(found.times).toEqual({ timestampField: "datetime", createdTimestampColumn: "created" });
    expect(found.timeColumns).toEqual(["datetime", "created"]);
    expect(found.head.rows).toHaveLength(8);
    expect(found.head.rows[0]?.slice(0, 1)).toEqual([1n]);
    expect(found.head.columns.map(({ type }) => type)).toEqual(["int64", "timestamp", "timestamp", "float32", "float64", "string"]);
    expect(found.inspection).toMatchObject({ rows: 20, files: 1, eventMin: 1_795_420_860_000_000n });
  });

  it("may be a CSV or a glob; other time columns can be chosen", async () => {
    const found = await inspect("*.csv", "csv");
    expect(found).toMatchObject({ times: { timestampField: "event_timestamp", createdTimestampColumn: null }, inspection: { rows: 2 } });
    const times = { timestampField: "created", createdTimestampColumn: null };
    const chosen = await inspectFile(deps, { actor: localOwner, project: "rides", path: join(data, "stats.parquet"), format: "parquet", times });
    expect(chosen.inspection?.eventMin).toBe(chosen.inspection?.eventMax);
  });

  it("is refused outside of the folders, said to be missing or unreadable, and not shown to whoever may not define", async () => {
    await expect(inspect("/etc/passwd", "csv")).rejects.toMatchObject({ code: "permission_denied" });
    await expect(inspect("none.parquet")).rejects.toMatchObject({ code: "not_found" });
    await expect(inspect("broken.parquet")).rejects.toMatchObject({ code: "invalid_definition", message: expect.stringContaining("broken.parquet") });
    const viewer: Actor = { kind: "user", id: "v", name: "vera", isAdmin: false, teams: [{ team: "fleet", role: "viewer" }] };
    await expect(inspect("stats.parquet", "parquet", viewer)).rejects.toMatchObject({ code: "permission_denied" });
    await expect(browseFiles(deps, { actor: viewer, project: "rides", folder: null })).rejects.toMatchObject({ code: "permission_denied" });
  });

  it("is found by browsing, from the first root on", async () => {
    const { roots, listing } = await browseFiles(deps, { actor: localOwner, project: "rides", folder: null });
    expect(roots).toEqual([{ path: data, name: "data" }]);
    expect(listing?.files.map(({ name }) => name)).toEqual(["broken.parquet", "orders.csv", "stats.parquet"]);
  });
});
