import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { isLarderError } from "../../kit/index.ts";
import { duckdbOfflineStore } from "../../offline/adapters/duckdb.ts";
import { writeCsv, writeJsonLines, writeParquet } from "../../testing/offline-files.ts";
import { withFolder } from "../../testing/world.ts";
import type { CliContext } from "../context.ts";
import { processOutput } from "../output.ts";
import { driftCommand } from "./drift.ts";

let folder: string;
let dispose: () => Promise<void>;
beforeAll(async () => {
  const owned = await withFolder();
  ({ path: folder, dispose } = owned);
});
afterAll(() => dispose());

/** Runs the command over a real store; its document, with --json, or its text. */
async function run(...args: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const openOfflineStore = () => duckdbOfflineStore({ memoryLimitMb: 128, threads: 2, tempDirectory: join(folder, "temp"), env: {} });
  const context = { environment: {}, machine: { openOfflineStore }, output: ({ json }: { json?: boolean }) => processOutput(json === true) };
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  const note = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  try {
    const command = driftCommand(context as unknown as CliContext);
    command.commands[0]?.option("--json").exitOverride();
    await command.parseAsync(["compare", ...args], { from: "user" });
  } finally {
    write.mockRestore();
    note.mockRestore();
  }
  return printed.join("");
}

const path = (file: string): string => join(folder, file);

interface GoldenCase {
  readonly name: string;
  readonly kind: string;
  readonly baseline: readonly unknown[];
  readonly current: readonly unknown[];
  readonly expect: Readonly<Record<string, unknown>>;
}

test("gives the golden figures for any two files, in one go per format", async () => {
  const golden: { readonly tolerance: number; readonly cases: readonly GoldenCase[] } = JSON.parse(
    await readFile(new URL("../../monitor/statistics/fixtures/drift.json", import.meta.url), "utf8"),
  );
  for (const { name, kind, baseline, current, expect: expected } of golden.cases) {
    const rows = (values: readonly unknown[]) => values.map((value) => ({ x: value }));
    await writeJsonLines(path("a.jsonl"), rows(baseline));
    await writeCsv(
      path("b.csv"),
      ["x", "other"],
      rows(current).map(({ x }) => [x as string | number | null, 1]),
    );
    const { columns } = JSON.parse(await run("--baseline", path("a.jsonl"), "--current", path("b.csv"), "--json"));
    expect(columns, name).toMatchObject([{ name: "x", kind }]);
    for (const [figure, value] of Object.entries(expected)) {
      for (const [index, wanted] of [value].flat().entries()) {
        const actual = [columns[0][figure]].flat()[index];
        if (typeof wanted === "number")
          expect(Math.abs(actual - wanted), `${name}: ${figure} ${actual}`).toBeLessThanOrEqual(golden.tolerance * Math.max(1, Math.abs(wanted)));
        else expect(actual, `${name}: ${figure}`).toEqual(wanted);
      }
    }
  }
});

test("judges rows, or with a key the newest row of each, and writes a page that stands alone", async () => {
  const select = (shift: number) =>
    `SELECT i % 300 AS id, TIMESTAMP '2024-01-01' + INTERVAL (i) MINUTE AS event_timestamp, ((i * 7919) % 1000) / 1000 + ${shift} AS "a <b>&", [i % 3] AS list FROM range(1200) t(i)`;
  await writeParquet(path("base.parquet"), select(0));
  await writeParquet(path("next.parquet"), select(0.4));
  const files = ["--baseline", path("base.parquet"), "--current", path("next.parquet")];
  const byRow = JSON.parse(await run(...files, "--json"));
  expect(byRow).toMatchObject({
    unit: "row",
    key: null,
    columns: [
      { name: "id", verdict: "stable" },
      { name: "a <b>&", verdict: "drift", baseline_rows: 1200 },
      { name: "list", measure: "length" },
    ],
  });
  const byKey = JSON.parse(await run(...files, "--key", "id", "--columns", "a <b>&", "--json"));
  expect(byKey).toMatchObject({ unit: "entity_key", columns: [{ verdict: "drift", baseline_rows: 300, current_rows: 300, values_from: "all rows" }] });
  expect(await run(...files, "--html", path("report.html"))).toMatch(/a <b>& +drift/);
  const html = await readFile(path("report.html"), "utf8");
  expect(html).toContain("a &lt;b&gt;&amp;");
  expect(html).not.toMatch(/a <b>|<script|<link|url\((?!#)|https?:/);
  expect(html.match(/role="img"/g)).toHaveLength(3);
});

test.each([
  [["--columns", "x,,y"], /--columns is a list of names/],
  [["--columns", "nope"], /no column "nope"/],
  [["--html", "no/such/folder/report.html"], /cannot be written/],
])("says what is wrong: %j", async (args, message) => {
  await writeCsv(path("small.csv"), ["x"], [[1], [2]]);
  const failed = await run("--baseline", path("small.csv"), "--current", path("small.csv"), ...args).catch((error: unknown) => error);
  expect(isLarderError(failed) && failed.message).toMatch(message);
});

test("files without a column in common cannot be compared", async () => {
  await writeCsv(path("x.csv"), ["x"], [[1]]);
  await writeCsv(path("y.csv"), ["y"], [[1]]);
  await expect(run("--baseline", path("x.csv"), "--current", path("y.csv"))).rejects.toMatchObject({
    code: "invalid_argument",
    hint: "One has x; the other y.",
  });
});
