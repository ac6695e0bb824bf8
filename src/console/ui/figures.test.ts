import { expect, it } from "vitest";
import { showFigure, toCsv } from "./figures.ts";

it("writes figures whole, times in ISO 8601, and quotes what needs it", () => {
  const columns = [{ name: "bin" }, { name: "at" }, { name: "share of rows", format: (value: number) => `${Math.round(value * 100)} %` }];
  const rows = [
    ["0.1 to 0.2", new Date("2026-11-20T00:00:00Z"), 0.123456789],
    ['a "b", c', null, -1],
    ["=SUM(A1)", null, null],
  ];
  expect(toCsv({ columns, rows })).toBe('bin,at,share of rows\r\n0.1 to 0.2,2026-11-20T00:00:00.000Z,0.123456789\r\n"a ""b"", c",,-1\r\n\'=SUM(A1),,\r\n');
});

it("shows figures as people read them", () => {
  const column = { name: "share", format: (value: number) => `${Math.round(value * 100)} %` };
  expect([0.5, new Date("2026-11-20T01:02:03Z"), "text", null].map((value) => showFigure(value, column))).toEqual(["50 %", "2026-11-20 01:02", "text", "–"]);
});
