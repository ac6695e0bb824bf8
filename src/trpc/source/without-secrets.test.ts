import { describe, expect, it } from "vitest";
import { aFileSource, aKafkaSource, aPostgresSource } from "../../testing/builders.ts";
import { withoutSecrets } from "./without-secrets.ts";

const VARIABLE = "$" + "{BILLING_URL}";

describe("a source on its way to a browser", () => {
  it("keeps the variable that holds its connection, and shows where a literal one leads without user and password", () => {
    expect(withoutSecrets(aPostgresSource({ connection: VARIABLE })).connection).toBe(VARIABLE);
    expect(withoutSecrets(aPostgresSource({ connection: "postgresql://billing:hunter2@db:5432/billing?sslkey=x" })).connection).toBe(
      "postgresql://db:5432/billing",
    );
    expect(withoutSecrets(aPostgresSource({ connection: "host=db password=hunter2" })).connection).not.toContain("hunter2");
  });

  it("is looked through to its batch source, and otherwise left as it is", () => {
    const batch = aPostgresSource({ connection: "postgresql://billing:hunter2@db/billing" });
    expect(JSON.stringify(withoutSecrets(aKafkaSource({ batchSource: batch })))).not.toContain("hunter2");
    const file = aFileSource();
    expect(withoutSecrets(file)).toEqual(file);
  });
});
