import { describe, expect, it } from "vitest";
import { formatOfName } from "../domain/index.ts";
import { formatOfPath } from "./file-format.ts";
import { standIn } from "./module-hooks.ts";
import { suggestion } from "./suggest.ts";

describe("the format of a file", () => {
  it.each([
    ["a/b.parquet", "parquet"],
    ["*.csv", "csv"],
    ["x.TSV", "csv"],
    ["x.csv.gz", "csv"],
    ["${VAR}/*.ndjson", "jsonl"],
    ["x.json", "jsonl"],
    ["x.xlsx", null],
    ["folder", null],
  ])("%s is %s", (name, format) => {
    expect(formatOfName(name)).toBe(format);
  });

  it("of a folder that is not there yet is Parquet, of an unknown ending unknown", () => {
    expect(formatOfPath("/nowhere/stats")).toBe("parquet");
    expect(formatOfPath("/nowhere/year=*/*")).toBe("parquet");
    expect(formatOfPath("/nowhere/stats.xlsx")).toBeNull();
  });
});

describe("words that were meant", () => {
  it.each([
    ["flaot32", '; did you mean "float32"?'],
    ["timestampfield", '; did you mean "timestampField"?'],
    ["xyz", " (there is: float32, timestampField)"],
  ])("%s%s", (word, expected) => {
    expect(suggestion(word, ["float32", "timestampField"])).toBe(expected);
  });
});

describe("the stand-in for a file that does not load", () => {
  it("exports the same names", () => {
    const source = `export const a = 1;\n  export async function b() {}\nexport { c, d as e };\nexport * from "./x.ts";\nexport default a;\nconst f = 1;`;
    expect(standIn(source).split("\n").slice(1)).toEqual(['export * from "./x.ts";', "export { value as a, value as b, value as c, value as e };"]);
  });
});
