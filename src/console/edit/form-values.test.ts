import { describe, expect, it } from "vitest";
import type { Projection } from "../../domain/index.ts";
import { aFileSource, anEntity, aService, aView } from "../../testing/builders.ts";
import { entityForm, entityValues, serviceForm, serviceValues, sourceForm, sourceValues, viewForm, viewValues } from "./form-values.ts";

const view = aView({ ttlSeconds: 7_200, tags: { tier: "gold" }, team: "fleet", transform: "select * from input", schedule: "0 * * * *", freshnessSeconds: 60 });
const projections: readonly Projection[] = [
  { view: "driver_stats", features: ["conv_rate"], alias: "live", joinKeyMap: { driver_id: "best" } },
  { view: "zone", features: null, alias: null, joinKeyMap: {} },
];

describe("a form", () => {
  it("gives back the definition that it was filled with", () => {
    const entity = anEntity({ description: "d", owner: "o@example.com", tags: { a: "b" } });
    expect(entityForm.parse(entityValues(entity))).toEqual(entity);
    expect(sourceForm.parse(sourceValues(aFileSource()))).toEqual(aFileSource());
    expect(viewForm.parse(viewValues(view))).toEqual(view);
    const service = aService({}, { projections });
    expect(serviceForm.parse(serviceValues(service))).toEqual(service);
  });

  it.each([
    ["an empty one", viewForm.safeParse(viewValues(null)), ["name", "features", "source"]],
    ["a ttl that is none", viewForm.safeParse({ ...viewValues(view), ttlSeconds: "two days" }), ["ttlSeconds"]],
    ["an empty entity", entityForm.safeParse(entityValues(null)), ["name", "joinKeys.0.name"]],
    ["a tag twice", entityForm.safeParse({ ...entityValues(anEntity()), tags: [1, 2].map((n) => ({ key: "a", value: `${n}` })) }), ["tags.1.key"]],
    ["an empty service", serviceForm.safeParse(serviceValues(null)), ["name", "projections"]],
    ["an empty source", sourceForm.safeParse(sourceValues(null)), ["name", "path", "timestampField"]],
  ])("says of %s what is wrong, at its fields", (_what, parsed, paths) => {
    expect(parsed.success).toBe(false);
    const found = parsed.error?.issues.map(({ path }) => path.join("."));
    expect(found).toEqual(expect.arrayContaining(paths));
  });

  it("takes white space off, and empty texts for none", () => {
    const values = { ...entityValues(anEntity()), name: " driver ", owner: "  ", tags: [{ key: "", value: "" }] };
    expect(entityForm.parse(values)).toEqual(anEntity());
  });
});
