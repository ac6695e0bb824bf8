import { describe, expect, it } from "vitest";
import { matchesWords, paletteWords } from "./palette-words.ts";

describe("words of the palette", () => {
  it.each([
    ["", { name: "", wantsMaterialize: false }],
    [" driver ", { name: "driver", wantsMaterialize: false }],
    ["mat", { name: "", wantsMaterialize: true }],
    ["Materialize driver_stats", { name: "driver_stats", wantsMaterialize: true }],
    ["match_rate", { name: "match_rate", wantsMaterialize: false }],
    ["ma", { name: "ma", wantsMaterialize: false }],
  ])("reads %j", (text, words) => expect(paletteWords(text)).toEqual(words));

  it("finds an action by its words in any order", () => {
    expect(matchesWords("Theme: dark", "dark the")).toBe(true);
    expect(matchesWords("Theme: dark", "light")).toBe(false);
    expect(matchesWords("Runs", "")).toBe(true);
  });
});
