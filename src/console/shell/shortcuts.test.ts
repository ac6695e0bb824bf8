import { describe, expect, it } from "vitest";
import { type KeyPress, keyOutcome, SHORTCUTS } from "./shortcuts.ts";

const press = (key: string, more: Partial<KeyPress> = {}) => keyOutcome({ key, mod: false, alt: false, busy: false, pending: null, ...more });

describe("keys", () => {
  it("opens the palette from anywhere, also from a field", () => {
    expect(press("k", { mod: true, busy: true })).toEqual({ kind: "palette" });
    expect(press("K", { mod: true })).toEqual({ kind: "palette" });
  });

  it("leaves plain keys to a field or a dialog that has the focus", () => {
    for (const key of ["/", "?", "g", "j", "k", "m"]) expect(press(key, { busy: true })).toEqual({ kind: "none" });
  });

  it("goes to every place by its two keys", () => {
    expect(press("g")).toEqual({ kind: "pending", key: "g" });
    const places = SHORTCUTS.filter((shortcut) => "path" in shortcut);
    expect(places.length).toBeGreaterThan(3);
    for (const { keys, path } of places) expect(press(keys[1], { pending: "g" })).toEqual({ kind: "go", path });
    expect(press("x", { pending: "g" })).toEqual({ kind: "none" });
  });

  it("walks over rows, and leaves the browser its own keys", () => {
    expect([press("j"), press("k")]).toEqual([
      { kind: "row", step: 1 },
      { kind: "row", step: -1 },
    ]);
    expect(press("j", { mod: true })).toEqual({ kind: "none" });
    expect(press("Enter")).toEqual({ kind: "none" });
  });
});
