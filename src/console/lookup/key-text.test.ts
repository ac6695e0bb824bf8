import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatKey, parseKey, splitKeys } from "./key-text.ts";

describe("an entity key as text", () => {
  it.each([
    [["1001"], "1001"],
    [["a,b"], "a,b"],
    [["Oslo", "3"], "Oslo,3"],
    [["Trondheim, north", 'the "hill"'], '"Trondheim, north","the ""hill"""'],
    [["", "x"], ",x"],
  ])("%j is %s", (parts, text) => {
    expect(formatKey(parts)).toBe(text);
    expect(parseKey(text, parts.length)).toEqual(parts);
  });

  it("comes back as it went, whatever the parts hold", () => {
    const part = fc.string().filter((text) => text.trim() === text);
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), (parts) => {
        expect(parseKey(formatKey(parts), parts.length)).toEqual(parts);
      }),
    );
  });

  it("forgives spaces around commas, and leaves what is no key to the server", () => {
    expect(parseKey(" Oslo , 3 ", 2)).toEqual(["Oslo", "3"]);
    expect(parseKey('"Oslo', 2)).toEqual(['"Oslo']);
    expect(parseKey("Oslo", 2)).toEqual(["Oslo"]);
  });

  it("several stand one a line", () => {
    expect(splitKeys(" 1001\n1002\n\n1001\n")).toEqual(["1001", "1002"]);
  });
});
