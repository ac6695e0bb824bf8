import { describe, expect, it } from "vitest";
import { LarderError, silentLogger } from "../kit/index.ts";
import { aProject } from "../testing/builders.ts";
import { forEachProject } from "./for-each-project.ts";

const projects = ["a", "b", "c"].map((name) => aProject({ name }));
const registry = { listProjects: async () => projects };

describe("a round over all projects", () => {
  it("goes on after a project that fails, and says which did", async () => {
    const done: string[] = [];
    const warned: object[] = [];
    const logger = { ...silentLogger, warn: (fields: object) => void warned.push(fields) };
    await forEachProject({ registry, logger }, { name: "freshness" }, async ({ name }) => {
      if (name === "b") throw new LarderError("unavailable", "its table is locked");
      done.push(name);
    });
    expect(done.toSorted()).toEqual(["a", "c"]);
    expect(warned).toEqual([{ work: "freshness", project: "b", code: "unavailable", error: "its table is locked" }]);
  });

  it("ends early without a word when its time is over", async () => {
    const time = new AbortController();
    let begun = 0;
    const logger = { ...silentLogger, warn: () => expect.unreachable() };
    await forEachProject({ registry, logger }, { name: "probes", signal: time.signal }, async () => {
      begun += 1;
      time.abort();
      throw new Error("cut short");
    });
    expect(begun).toBe(1);
  });

  it("gives each project its turn at the front", async () => {
    const first = new Set<string>();
    for (let round = 0; round < 200; round += 1) {
      const order: string[] = [];
      await forEachProject({ registry, logger: silentLogger }, { name: "probes" }, async ({ name }) => void order.push(name));
      expect(order.toSorted()).toEqual(["a", "b", "c"]);
      first.add(order[0] ?? "");
    }
    expect(first.size).toBe(3);
  });
});
