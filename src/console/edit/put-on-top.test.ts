import { describe, expect, it } from "vitest";
import { aService, aView, someFeatures } from "../../testing/builders.ts";
import { putOnTop } from "./put-on-top.ts";

const base = aView({ ttlSeconds: 60, tags: { tier: "gold" } });

describe("your changes on top of theirs", () => {
  it("keep what each of you changed; where both did, yours stands", () => {
    const theirs = aView({ ttlSeconds: 90, owner: "them", description: "theirs", tags: { tier: "gold", pii: "no" } });
    const yours = aView({ ttlSeconds: 120, team: "fleet", tags: { tier: "silver" } });
    expect(putOnTop(base, yours, theirs)).toEqual(
      aView({ ttlSeconds: 120, owner: "them", description: "theirs", team: "fleet", tags: { tier: "silver", pii: "no" } }),
    );
  });

  it("are nothing where you changed nothing", () => {
    const theirs = aView({ ttlSeconds: 90 });
    expect(putOnTop(base, base, theirs)).toEqual(theirs);
  });

  it("go feature by feature: added by either, removed by either, changed by both", () => {
    const from = aView({ features: someFeatures({ a: "int32", b: "int32", c: "int32" }) });
    const yours = aView({ features: someFeatures({ a: "int64", c: "int32", mine: "string" }) });
    const theirs = aView({
      features: [{ name: "a", type: "int32", column: "a", description: "A", tags: {} }, ...someFeatures({ b: "int32", theirs: "bool" })],
    });
    expect(putOnTop(from, yours, theirs).features.map(({ name, type, description }) => `${name} ${type} ${description}`)).toEqual([
      "a int64 A",
      "mine string ",
      "theirs bool ",
    ]);
  });

  it("work on the parts of a service", () => {
    const from = aService({ one: ["a"], two: null });
    const merged = putOnTop(from, aService({ one: ["a", "b"], two: null }), aService({ one: ["a"], two: null, three: ["x"] }));
    expect(merged).toEqual(aService({ one: ["a", "b"], two: null, three: ["x"] }));
  });
});
