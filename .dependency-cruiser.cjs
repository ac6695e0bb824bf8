// Who may import whom: folder under src/ -> folders it may import; every rule below is derived from this table.
// Run with TypeScript 6: under TypeScript 7, dependency-cruiser reads nothing and reports "no violations (0 modules)".
const PIPELINE = ["registry", "offline", "online", "materialize", "stream", "serve", "training"];
const BESIDE = ["monitor", "sharing", "notify"];
const MECHANISM = ["jobs", "runs"];
const STAGES = [...MECHANISM, ...PIPELINE, ...BESIDE];
const DOORS = ["trpc", "http", "worker", "cli"];
const BASE = ["domain", "kit"];
const MAY_IMPORT = {
  kit: [],
  domain: ["kit"],
  define: BASE,
  jobs: ["kit"],
  runs: ["jobs", ...BASE],
  client: [],
  registry: BASE,
  online: BASE,
  notify: ["jobs", ...BASE],
  offline: ["registry", ...BASE],
  serve: ["registry", "online", ...BASE],
  materialize: ["registry", "offline", "online", ...MECHANISM, ...BASE],
  stream: ["registry", "offline", "online", ...MECHANISM, ...BASE],
  training: ["registry", "offline", ...MECHANISM, ...BASE],
  monitor: [...PIPELINE, ...MECHANISM, "notify", ...BASE],
  sharing: ["registry", "notify", ...MECHANISM, ...BASE],
  runtime: [...STAGES, ...BASE],
  ...Object.fromEntries(DOORS.map((door) => [door, [...STAGES, "define", ...BASE]])),
  cli: [...STAGES, "define", "worker", ...BASE], // a command with no worker about works on its runs itself
  console: BASE,
  app: ["console", "trpc", "runtime", ...BASE],
  testing: [...STAGES, "runtime", "define", ...BASE],
};
const TYPES_ONLY = { trpc: ["runtime"], http: ["runtime"], worker: ["runtime"], cli: ["runtime"], console: ["trpc"] };
const folders = (names) => `^src/(${names.join("|")})/`;
const TEST = "[.](test|itest|contract)[.]tsx?$";
const WORLD = "^src/testing/"; // builds and tears down real servers for the tests
const MAIN = "^src/(http|worker|cli)/main[.]ts$";
const ADAPTER = "^src/[^/]+/adapters/";
const DRIVER = "node_modules/(ioredis|kafkajs|pg|@duckdb|@prisma)/|^prisma/generated/";
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
module.exports = {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(([from, may]) =>
      rule(
        `layer-${from}`,
        `${from} may import: ${may.join(", ") || "nothing"}`,
        { path: `^src/${from}/`, pathNot: TEST },
        { path: "^src/", pathNot: folders([from, ...may, ...(TYPES_ONLY[from] ?? [])]) },
      ),
    ),
    ...Object.entries(TYPES_ONLY).map(([from, types]) =>
      rule(
        `types-only-${from}`,
        "import type, never the value (main.ts excepted)",
        { path: `^src/${from}/`, pathNot: [TEST, MAIN] },
        { path: folders(types), dependencyTypesNot: ["type-only"] },
      ),
    ),
    rule(
      "front-door",
      "cross a folder through its index.ts",
      { path: "^src/([^/]+)/", pathNot: [TEST, WORLD] },
      { path: folders([...STAGES, ...BASE, "runtime"]), pathNot: ["^src/$1/", "^src/[^/]+/index[.]ts$", ADAPTER] },
    ),
    rule("adapters-behind-runtime", "only the composition root names an adapter", { pathNot: ["^src/runtime/", ADAPTER, TEST] }, { path: ADAPTER }),
    rule(
      "drivers-behind-adapters",
      "redis, kafka, duckdb, prisma are details",
      { path: "^src/", pathNot: [ADAPTER, "^src/runtime/", TEST, WORLD] },
      { path: DRIVER },
    ),
    rule(
      "notices-have-one-look",
      "notices go through console/shell/notify: those of sonner itself have no look here",
      { path: "^src/", pathNot: "^src/console/ui/toasts[.]ts$" },
      { path: "node_modules/sonner/" },
    ),
    rule(
      "pages-stay-thin",
      "only app/api and app/_server touch the runtime",
      { path: "^src/app/", pathNot: "^src/app/(api|_server)/" },
      { path: folders(["runtime"]) },
    ),
    rule("feature-repo-sees-define-only", "definitions are data", { path: "^feature_repo/" }, { path: "^src/", pathNot: "^src/define/index[.]ts$" }),
    rule(
      "domain-is-pure",
      "no node core, no npm but zod",
      { path: "^src/(domain|kit)/", pathNot: TEST },
      { dependencyTypes: ["core", "npm"], pathNot: "node_modules/zod/" },
    ),
    rule("no-test-code-in-src", "tests import src, never the reverse", { path: "^src/", pathNot: [TEST, "^src/testing/"] }, { path: [TEST, "^src/testing/"] }),
    // proxy and instrumentation are the two files that Next.js looks for there
    rule(
      "known-folders-only",
      "a new folder starts with a row in the table",
      { path: "^src/", pathNot: [folders(Object.keys(MAY_IMPORT)), "^src/(proxy|instrumentation)[.]ts$"] },
      {},
    ),
    rule("no-unresolvable", "an import nobody can follow", {}, { couldNotResolve: true }),
    rule("no-circular", "a cycle hides the order of the pipeline", { pathNot: "^prisma/generated/" }, { circular: true }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    // without these, "larder" itself and every exports-only package count as unresolvable
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "require", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
