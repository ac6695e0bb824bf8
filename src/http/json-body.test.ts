import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLarderError } from "../kit/index.ts";
import { jsonErrorPosition, parseJsonBody } from "./json-body.ts";

describe("parseJsonBody", () => {
  test("keeps whole numbers exact", () => {
    expect(parseJsonBody(Buffer.from('{"driver_id":[9223372036854775807,1]}'))).toEqual({ driver_id: [9223372036854775807n, 1] });
  });

  test.each<[string, RegExp]>([
    ["", /empty/],
    ['{"a": }', /line 1, column 7 \(position 6\) has "}"/],
    ['{"a": 1,\n "b": tru}', /line 2, column 7 \(position 15\) has "tru}"/],
    ['{"a": 1', /position 7\) has the end of the body/],
    ['{"a": NaN}', /position 6\).*NaN/],
    ['{"a": [1,]}', /position 9\)/],
    ["{'a': 1}", /position 1\)/],
    ['{"a": 1} x', /position 9\)/],
    ['{"a": 01}', /position 7\)/],
    ['{"a" 1}', /position 5\)/],
    ["[1, 2}", /position 5\)/],
    ['{"a": "\u0001"}', /position 6\)/],
  ])("%j is refused with its place", (text, expected) => {
    expect(() => parseJsonBody(Buffer.from(text))).toThrow(expected);
  });

  test("bytes that are no text are refused", () => {
    expect(() => parseJsonBody(Buffer.from([0x22, 0xff, 0x22]))).toThrow(/UTF-8/);
  });
});

test("the position found is where a longer text can no longer be JSON", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, cut) => {
      const short = text.slice(0, cut % (text.length + 1));
      try {
        JSON.parse(short);
      } catch {
        const position = jsonErrorPosition(short);
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThanOrEqual(short.length);
        return;
      }
      expect(jsonErrorPosition(`${short} ]`)).toBe(short.trimEnd().length + (short.length - short.trimEnd().length) + 1);
    }),
  );
});

test("every broken text is a coded error", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseJsonBody(Buffer.from(text));
      } catch (error) {
        expect(isLarderError(error, "invalid_argument")).toBe(true);
      }
    }),
  );
});
