import { describe, expect, it } from "vitest";
import { aFileSource, aKafkaSource, anEntity, aService, aView, someFeatures } from "../testing/builders.ts";
import type { Feature } from "./definition.ts";
import { consoleDefinitionSchema } from "./definition-schema.ts";
import type { Expectations } from "./expectations.ts";

function expecting(expect: Expectations): readonly Feature[] {
  return someFeatures({ a: "string" }).map((feature) => ({ ...feature, expect }));
}

function complaint(definition: unknown): string {
  const parsed = consoleDefinitionSchema.safeParse(definition);
  return parsed.success ? "" : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
}

describe("a definition made by click", () => {
  it.each([
    anEntity(),
    aFileSource(),
    aView({ features: expecting({ allowed: ["x"], unique: true, onFailure: "block" }) }),
    aView({ ttlSeconds: 60, team: "fleet", tags: { tier: "gold" } }),
    aService({ driver_stats: null }),
  ])("may be any $kind, and stays as it is", (definition) => {
    expect(consoleDefinitionSchema.parse(definition)).toEqual(definition);
  });

  it.each([
    ["a name that is none", anEntity({ name: "a-b" }), "name: Names are"],
    ["no join key", anEntity({ joinKeys: [] }), "joinKeys: Name at least one"],
    ["a join key twice", anEntity({ joinKeys: [1, 2].map(() => ({ name: "id", type: "int64" as const })) }), "joinKeys.1.name: There are two called id."],
    ["one column for both times", aFileSource({ createdTimestampColumn: "datetime" }), "createdTimestampColumn: Event time and created time"],
    ["features that differ by case only", aView({ features: someFeatures({ a: "int32", A: "int32" }) }), "features.1.name: There are two called A."],
    ["a ttl of a part of a second", aView({ ttlSeconds: 0.5 }), "ttlSeconds: "],
    ["a bound of a text", aView({ features: expecting({ min: 1, onFailure: "warn" }) }), "features.0.expect.min: Only numbers have a min"],
    ["nothing expected", aView({ features: expecting({ onFailure: "block" }) }), "features.0.expect: Nothing is expected"],
    ["a stream view", aView({ type: "stream" }), "type: "],
    ["a Kafka source", aKafkaSource(), "type: "],
    ["nothing picked", aService({ driver_stats: [] }), "projections.0.features: Pick at least one"],
  ])("is refused with %s, at its place", (_what, definition, message) => {
    expect(complaint(definition)).toContain(message);
  });
});
