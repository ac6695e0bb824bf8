import { describe, expect, it } from "vitest";
import { formOf, previewText, readForm, type SettingsData, windowChoices } from "./settings-form.ts";

const defaults: SettingsData["settings"] = {
  ...{ isOn: true, windowSeconds: null, values: "offline", baseline: { kind: "first_window" }, ignored: [] },
  rule: { rowsMin: 100, pMax: 0.05, psiMin: 0.1, wassersteinSdMin: 0.15 },
};
const data: SettingsData = {
  ...{ settings: defaults, defaults, isChosen: false, chosenBy: null, chosenAt: null, windowSeconds: 86_400, features: ["a", "b"] },
  ...{ windows: [{ start: "2026-11-22T00:00:00Z", end: "2026-11-23T00:00:00Z" }], trainingSets: ["eta"] },
};

describe("the drift settings of a view", () => {
  it("come out of the form as they went in", () => {
    const all: readonly SettingsData["settings"][] = [
      defaults,
      { ...defaults, isOn: false, windowSeconds: 3_600, ignored: ["b"] },
      { ...defaults, baseline: { kind: "window", start: "2026-10-01T00:00:00Z", end: "2026-10-02T00:00:00Z" } },
      { ...defaults, baseline: { kind: "training_set", name: "other" }, values: "served" },
      { ...defaults, baseline: { kind: "same_hours", weeks: 3 } },
      { ...defaults, baseline: { kind: "previous_window" } },
    ];
    expect(all.map((settings) => readForm(formOf(settings, data)))).toEqual(all.map((settings) => ({ settings })));
  });

  it("say which field is wrong, and what it may be", () => {
    const form = { ...formOf(defaults, data), rowsMin: "5", pMax: "2", psiMin: "", baseline: "same_hours" as const, weeks: "9", values: "served" as const };
    expect(readForm(form)).toEqual({
      errors: {
        rowsMin: "A whole number from 10 on.",
        pMax: "A number from 0 to 1.",
        psiMin: "A number from 0 on.",
        weeks: "1 to 8 weeks.",
        values: "Served values cannot be compared to several weeks at once.",
      },
    });
    expect(readForm({ ...formOf(defaults, { ...data, trainingSets: [] }), baseline: "training_set" })).toMatchObject({
      errors: { trainingSet: expect.anything() },
    });
  });

  it("offer the windows there are, and the one that is chosen", () => {
    expect(windowChoices(data, "2026-10-01T00:00:00Z/2026-10-02T00:00:00Z").map(({ text }) => text)).toEqual(["2026-10-01", "2026-11-22"]);
  });

  it("are told with what they would have raised, and in how long", () => {
    const MONTH = 30 * 86_400;
    expect(previewText({ incidents: 2, windows: 30, windowsWanted: 30, spanSeconds: MONTH })).toBe(
      "With these settings, the last 30 days would have raised 2 incidents.",
    );
    expect(previewText({ incidents: 1, windows: 12, windowsWanted: 30, spanSeconds: MONTH })).toBe(
      "With these settings, the newest 12 of 30 windows of the last 30 days would have raised 1 incident.",
    );
    expect(previewText({ incidents: 0, windows: 0, windowsWanted: 0, spanSeconds: MONTH })).toMatch(/nothing of the last 30 days would have been judged/);
    expect(previewText({ incidents: 0, windows: 60, windowsWanted: 60, spanSeconds: 60 * 3_600 })).toBe(
      "With these settings, the last 2.5 days would have raised no incident.",
    );
  });
});
