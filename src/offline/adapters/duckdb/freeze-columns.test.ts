import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { freezeNumericBins } from "../../../domain/index.ts";
import { withFolder } from "../../../testing/world.ts";
import { duckdbEngine } from "./engine.ts";
import { freezeColumns } from "./freeze-columns.ts";

const folder = await withFolder();
const engine = duckdbEngine({ memoryLimitMb: 128, threads: 2, tempDirectory: folder.path });
afterAll(async () => {
  await engine.dispose();
  await folder.dispose();
});

const number = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -2, max: 2 }), fc.constantFrom(5e-324, 0.1));

test.each([128, 0])("bins are those of the values themselves, whether found in memory or by sorting (%d MB)", async (memoryLimitMb) => {
  await engine.use(async (session) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          number.map((value) => value + 0),
          { maxLength: 40 },
        ),
        async (values) => {
          const select = `SELECT unnest([${values.map((value) => `'${value}'::DOUBLE`).join(", ")}]::DOUBLE[]) AS m0`;
          const column = { name: "x", kind: "numeric", measure: "value", sql: "m0" } as const;
          const bins = await freezeColumns({ session, select, rows: values.length, columns: [column], memoryLimitMb }, [column]);
          const finite = Float64Array.from(values.filter(Number.isFinite)).sort();
          expect(bins).toEqual([freezeNumericBins(finite)]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
