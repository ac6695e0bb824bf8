import { describe, expect, it } from "vitest";
import { type SnippetFacts, snippets } from "./snippets.ts";

const facts: SnippetFacts = {
  read: { kind: "features", view: "driver_stats", features: ["conv_rate", "acc_rate"] },
  columns: [{ name: "driver_id", type: "int64" }],
  key: { driver_id: 9_007_199_254_740_993n },
  serveUrl: "http://localhost:6566",
  project: null,
};
const code = (title: string, changed: Partial<SnippetFacts> = {}) => {
  const all = snippets({ ...facts, ...changed });
  return (all.find((snippet) => snippet.title === title) ?? all.find((snippet) => snippet.title.startsWith(title)))?.code ?? "";
};

describe("snippets", () => {
  it("ask for a real key with all its digits, in every language", () => {
    for (const title of ["Command line: read", "curl", "Python (Feast SDK)", "TypeScript", "Command line: a training set"])
      expect(code(title)).toContain("9007199254740993");
    expect(code("curl")).toBe(`curl -s http://localhost:6566/get-online-features \\
  -H 'content-type: application/json' \\
  -d '{
  "features": [
    "driver_stats:conv_rate",
    "driver_stats:acc_rate"
  ],
  "entities": {"driver_id": [9007199254740993]}
}'`);
  });

  it("send a body that is JSON, also with awkward keys", () => {
    const columns = [
      { name: "city", type: "string" },
      { name: "cell", type: "int32" },
    ] as const;
    const key = { city: "L'Île `$" + "{x}\\", cell: 7 };
    const body = /body: `([\s\S]*)`,/.exec(code("TypeScript", { columns, key }))?.[1] ?? "";
    expect(JSON.parse(body.replaceAll("\\`", "`").replaceAll("\\$", "$").replaceAll("\\\\", "\\"))).toMatchObject({
      entities: { city: [key.city], cell: [7] },
    });
    expect(code("Command line: read", { columns, key })).toContain(`"L'\\''Île`);
  });

  it("stand with placeholders where no key is known", () => {
    expect(code("Command line: read", { key: null })).toContain(`'{"driver_id": [1]}'`);
  });

  it("name the project only where there are several, and speak Python's constants", () => {
    expect(code("curl")).not.toContain("Larder-Project");
    expect(code("curl", { project: "fleet" })).toContain("-H 'Larder-Project: fleet'");
    expect(code("Command line: materialize", { project: "fleet" })).toBe("larder materialize-incremental --project fleet driver_stats");
    expect(code("Python (Feast SDK)", { columns: [{ name: "night", type: "bool" }], key: { night: false } })).toContain('entity_rows=[{"night": False}]');
  });

  it("read a service whole, by full names, because names of its views may meet", () => {
    const read = { kind: "service", service: "driver_activity" } as const;
    expect(code("Command line: read", { read })).toContain("--service driver_activity --full-feature-names");
    expect(JSON.parse(/-d '([\s\S]*)'/.exec(code("curl", { read }))?.[1] ?? "")).toMatchObject({
      feature_service: "driver_activity",
      full_feature_names: true,
    });
    expect(code("Python (Feast SDK)", { read })).toContain('features=store.get_feature_service("driver_activity"),');
    expect(snippets({ ...facts, read }).map(({ title }) => title)).not.toContain("Command line: materialize what is new");
  });
});
