import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withFolder } from "../testing/world.ts";
import { loadRepo } from "./index.ts";

let folder: Awaited<ReturnType<typeof withFolder>>;
let count = 0;
beforeAll(async () => {
  folder = await withFolder(); // far from the checkout: `import "larder"` must work there too
});
afterAll(() => folder.dispose());

async function write(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, file)), { recursive: true });
    await writeFile(join(dir, file), text);
  }
}

/** A repo of these files; a small right one is there already. */
async function repo(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = join(folder.path, `repo${++count}`);
  await write(dir, { "feature_store.yaml": "project: demo\n", "entities.ts": ENTITIES, "sources.ts": SOURCES, "views.ts": VIEWS, ...files });
  return dir;
}

const ENTITIES = `import { entity } from "larder";\n\nexport const driver = entity({ name: "driver", joinKeys: { driver_id: "int64" } });\n`;
const SOURCES = `import { fileSource } from "larder";\nexport const stats = fileSource({ name: "stats", path: "data/*.csv", timestampField: "t" });\n`;
const VIEWS = [
  `import { featureView } from "larder";`,
  `import { driver } from "./entities.ts";`,
  `import { stats } from "./sources.ts";`,
  `export const view = featureView({ name: "stats", entities: [driver], schema: { a: "int32" }, source: stats });`,
].join("\n");

async function problemsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { problems } = await loadRepo(await repo(files));
  return problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

async function namesIn(dir: string): Promise<string[]> {
  return (await loadRepo(dir)).definitions.map(({ definition: { kind, name }, origin }) => `${kind} ${name} ${origin?.file}:${origin?.line}`).sort();
}

const RIGHT = ["data_source stats sources.ts:2", "entity driver entities.ts:3", "feature_view stats views.ts:4"];

describe("what counts", () => {
  it("every exported definition once, wherever it is re-exported, and nothing else", async () => {
    const extra = {
      "index.ts": `export * from "./entities.ts";\nexport { view as again } from "./views.ts";\nexport const seven = 7;\nconst hidden = null;`,
      "more/deep/rider.ts": `import { entity } from "larder";\nconst unused = entity({ name: "unused", joinKeys: { id: "int64" } });\nexport default entity({ name: "rider", joinKeys: { rider_id: "int64" } });\n`,
      "x.test.ts": "throw new Error('a test is no definition');",
      "types.d.ts": "export const x: number;",
      ".hidden/feed.ts": "throw new Error('hidden');",
      "node_modules/lib/index.ts": "throw new Error('a library');",
    };
    const dir = await repo(extra);
    expect(await namesIn(dir)).toEqual([...RIGHT, "entity rider more/deep/rider.ts:3"].sort());
    expect((await loadRepo(dir)).problems).toEqual([]);
  });

  it("settings as written, with their defaults", async () => {
    expect((await loadRepo(await repo({}))).settings).toEqual({ onlineStore: { type: "sqlite", connectionString: null }, offlineStore: { type: "file" } });
    const yaml = "project: p\nprovider: local\nonline_store:\n  type: redis\n  connection_string: ${REDIS_URL}\noffline_store:\n  type: postgres\n";
    const loaded = await loadRepo(await repo({ "feature_store.yaml": yaml }));
    expect(loaded).toMatchObject({
      project: "p",
      settings: { onlineStore: { type: "redis", connectionString: "${REDIS_URL}" }, offlineStore: { type: "postgres" } },
    });
    expect(loaded.problems).toEqual([]);
  });

  it("a second load in the same process sees the edit, and nothing of the repo's own doing stays behind", async () => {
    const dir = await repo({ "effect.ts": "globalThis.process.env.LARDER_SIDE_EFFECT = '1';\nconsole.log('printed by the repo');" });
    expect(await namesIn(dir)).toEqual(RIGHT);
    await write(dir, { "entities.ts": `\n${ENTITIES}` });
    expect(await namesIn(dir)).toEqual(RIGHT.map((name) => name.replace("entities.ts:3", "entities.ts:4")));
    expect(process.env.LARDER_SIDE_EFFECT).toBeUndefined();
  });

  it("paths are relative to the file that holds them, and a folder's format is that of the files in it", async () => {
    const source = (path: string) => `fileSource({ name: "s", path: "${path}", timestampField: "t" })`;
    const dir = await repo({ "deep/a.ts": `import { fileSource } from "larder";\nexport const s = ${source("../parts")};`, "parts/day=1/x.jsonl.gz": "" });
    const found = (await loadRepo(dir)).definitions.find(({ definition }) => definition.name === "s")?.definition;
    expect(found).toMatchObject({ path: expect.stringMatching(/repo\d+\/parts$/), pathAsWritten: "../parts", format: "jsonl" });
  });
});

describe("what is wrong, with file and line", () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ["a syntax error", { "entities.ts": `${ENTITIES}const x = {\n  a: 1\n  b: 2 };\n` }, ["entities.ts:6 syntax error: Expected ',', got 'ident'"]],
    ["TypeScript that cannot be erased", { "x.ts": "enum A { B }\nexport { A };" }, [expect.stringMatching(/^x.ts:1 TypeScript enum is not supported/)]],
    ["a throwing file", { "x.ts": "\n\nthrow new Error('boom');" }, ["x.ts:3 throws Error: boom"]],
    ["a missing file", { "x.ts": `\nimport { y } from "./nowhere.ts";\ny();` }, [`x.ts:2 cannot find the file "./nowhere.ts"`]],
    [
      "an import without its ending",
      { "x.ts": `import { driver } from "./entities";\ndriver;` },
      [expect.stringMatching(/^x.ts:1 .*write the whole file name: "\.\/entities\.ts"/)],
    ],
    ["a missing package", { "x.ts": `import "no-such-package";` }, [`x.ts:1 cannot find the package "no-such-package"`]],
    [
      "a wrong reference",
      { "x.ts": `import {\n  drivr,\n} from "./entities.ts";\ndrivr;` },
      [expect.stringMatching(/^x.ts:2 "\.\/entities\.ts" exports nothing called "drivr"/)],
    ],
    [
      "an unknown builder",
      { "x.ts": `import { featureViw } from "larder";\nfeatureViw();` },
      [expect.stringMatching(/^x.ts:1 "larder" exports nothing called "featureViw"/)],
    ],
    ["an undefined name", { "x.ts": "export const a = 1;\nexport const b = [nope];" }, ["x.ts:2 throws ReferenceError: nope is not defined"]],
    ["a name twice in one file", { "x.ts": "const a = 1;\nexport const b = 2;\nconst a = b;" }, ['x.ts:3 "a" is declared twice']],
    [
      "a circle of files",
      { "a.ts": `import { b } from "./b.ts";\nexport const a = [b];`, "b.ts": `import { a } from "./a.ts";\nexport const b = [a];` },
      [expect.stringMatching(/^[ab].ts:2 "[ab]" is used before it is defined/)],
    ],
    ["process.exit", { "x.ts": "\nprocess.exit(0);" }, [expect.stringMatching(/^x.ts:2 throws Error: process.exit\(\) is not for a feature repo/)]],
    ["a promise that nobody awaits", { "x.ts": "\nvoid Promise.reject(new Error('late'));" }, ["x.ts:2 throws Error: late"]],
    [
      "two definitions of one name",
      { "zz.ts": `import { entity } from "larder";\n\nexport const other = entity({ name: "driver", joinKeys: { id: "int64" } });` },
      ['zz.ts:3 entity "driver" is defined twice; first in entities.ts:3'],
    ],
    [
      "what is not exported",
      { "entities.ts": `${ENTITIES.replace("export const driver", "const mine")}export const driver = mine && { ...mine };` },
      ['views.ts:4 feature view "stats": entities[0] is not an entity: make it by entity({ … })'],
    ],
    [
      "a view of something that is not exported",
      {
        "views.ts": VIEWS.replace(
          `import { stats } from "./sources.ts";`,
          `import { fileSource } from "larder";\nconst stats = fileSource({ name: "own", path: "x.csv", timestampField: "t" });`,
        ),
      },
      ['views.ts:5 feature view "stats": its data source "own" is not exported: write export before it'],
    ],
  ];
  it.each(cases)("%s", async (_name, files, expected) => {
    expect(await problemsOf(files)).toEqual(expected);
  });

  it("all of it at once, each told once, however files lean on each other", async () => {
    const problems = await problemsOf({
      "feature_store.yaml": "project: demo\nonline_stor:\n  type: redis\n",
      "entities.ts": `${ENTITIES}export const x = ;\n`,
      "sources.ts": `${SOURCES}throw new Error("boom");\n`,
      "views.ts": VIEWS.replace("int32", "in32"),
      "services.ts": `import { featureService } from "larder";\nimport { view } from "./views.ts";\nexport const s = featureService({ name: "s", features: [view.pick("b")] });`,
      "other.ts": `import { x } from "./nowhere.ts";\nexport const y = x;`,
    });
    expect(problems).toEqual([
      'feature_store.yaml:2 unknown key online_stor; did you mean "online_store" or "offline_store"?',
      "entities.ts:4 syntax error: Expression expected",
      'other.ts:1 cannot find the file "./nowhere.ts"',
      'services.ts:3 feature view "stats": pick: it has no feature "b"; did you mean "a"?',
      "sources.ts:3 throws Error: boom",
      'views.ts:4 feature view "stats": schema.a: "in32" is not a type; did you mean "int32"?',
    ]);
  });

  it("in feature_store.yaml", async () => {
    const yaml = (text: string) => problemsOf({ "feature_store.yaml": text });
    expect(await yaml("online_store:\n  type: rediss\n  host: x\n")).toEqual([
      "feature_store.yaml:3 unknown key online_store.host (there is: type, connection_string)",
      "feature_store.yaml:1 project is missing: write project: my_project",
      'feature_store.yaml:2 online_store.type: there is no "rediss"; did you mean "redis"?',
    ]);
    expect(await yaml("project: a b\nprovider: gcp\nregistry: data/registry.db\n")).toEqual([
      expect.stringMatching(/^feature_store.yaml:1 the project name "a b" is not allowed/),
      'feature_store.yaml:2 provider: there is no "gcp"; leave the line out',
      expect.stringMatching(/^feature_store.yaml:3 registry: "data\/registry.db" is not used/),
    ]);
    expect((await yaml("project: [a\n"))[0]).toMatch(/^feature_store.yaml:\d /);
    expect(await yaml("")).toEqual(["feature_store.yaml:1 project is missing: write project: my_project"]);
  });
});

describe("what cannot be loaded at all", () => {
  it("says that there is no repo", async () => {
    await expect(loadRepo(join(folder.path, "nowhere"))).rejects.toMatchObject({
      code: "invalid_definition",
      message: expect.stringMatching(/is not a folder/),
    });
    await expect(loadRepo(folder.path)).rejects.toMatchObject({ code: "invalid_definition", message: expect.stringMatching(/no feature_store.yaml/) });
  });

  it("stops code that never ends, naming the file", async () => {
    const dir = await repo({ "loop.ts": "for (;;);" });
    await expect(loadRepo(dir, { timeoutMs: 1_500 })).rejects.toMatchObject({ code: "timeout", message: "loop.ts did not finish loading within 1.5 s." });
    const waits = await repo({ "waits.ts": "await new Promise(() => setInterval(() => {}, 1000));" });
    await expect(loadRepo(waits, { timeoutMs: 1_500 })).rejects.toMatchObject({ code: "timeout", message: expect.stringMatching(/^waits.ts/) });
  });

  it("says so when the code kills the process", async () => {
    const dir = await repo({ "kill.ts": "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});" });
    await expect(loadRepo(dir)).rejects.toMatchObject({
      code: "invalid_definition",
      message: expect.stringMatching(/^Loading kill.ts ended the process .*SIGKILL/),
    });
  });
});
