import { expect, it } from "vitest";
import { isDueAgain } from "./is-due.ts";

it.each([
  { doneAt: 100n, now: 100n, due: false, why: "just done" },
  { doneAt: 100n, now: 109n, due: false, why: "a little before" },
  { doneAt: 100n, now: 110n, due: true, why: "at the very time" },
  { doneAt: 100n, now: 99n, due: true, why: "the clock was ahead" },
])("$why: due is $due", ({ doneAt, now, due }) => {
  expect(isDueAgain(doneAt, 10n, now)).toBe(due);
});
