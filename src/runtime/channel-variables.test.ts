import { expect, test } from "vitest";
import { resolveForChannel } from "./channel-variables.ts";

const variables = { HOOK: "https://hooks.example.com/T1", DATABASE_URL: "postgres://secret", LARDER_TOKEN: "secret" };

test("an alert channel reads variables of its own, none of Larder's", () => {
  expect(resolveForChannel("$" + "{HOOK}/x", variables)).toBe("https://hooks.example.com/T1/x");
  expect(() => resolveForChannel("$" + "{MISSING}", variables)).toThrow("MISSING, which is not set");
  for (const name of ["DATABASE_URL", "LARDER_TOKEN", "REDIS_URL"]) {
    expect(() => resolveForChannel(["https://elsewhere.example.com/$", "{", name, "}"].join(""), variables)).toThrow(`may not use ${name}`);
  }
});
