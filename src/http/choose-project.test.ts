import { expect, test } from "vitest";
import { chooseProject } from "./choose-project.ts";

const nobody = { path: undefined, header: undefined, default: null, all: async () => [] as readonly string[] };

test.each([
  ["the path first", { path: "a", header: "b", default: "c" }, "a"],
  ["then the header", { header: "b", default: "c" }, "b"],
  ["then the default", { header: "", default: "c" }, "c"],
  ["then the only one", { all: async () => ["d"] }, "d"],
])("%s", async (_rule, choice, expected) => {
  expect(await chooseProject({ ...nobody, ...choice })).toBe(expected);
});

test("several and none named: the error lists them", async () => {
  await expect(chooseProject({ ...nobody, all: async () => ["rides", "food"] })).rejects.toMatchObject({
    code: "invalid_argument",
    message: expect.stringContaining("rides, food"),
    hint: expect.stringContaining("Larder-Project"),
  });
});

test("none there is", async () => {
  await expect(chooseProject(nobody)).rejects.toMatchObject({ code: "not_found" });
});
