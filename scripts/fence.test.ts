import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "./project.mjs";

// The import table is only worth something while it bites: here a small project breaks each rule once, and one file keeps them all.
const FILES: Readonly<Record<string, string>> = {
  "src/kit/index.ts": "export const kit = 1;",
  "src/kit/looks-down.ts": 'import { b } from "../domain/index.ts"; export const a = b;',
  "src/domain/index.ts": 'import { kit } from "../kit/index.ts"; export const b = kit;',
  "src/domain/reads-files.ts": 'import { readFileSync } from "node:fs"; export const a = readFileSync;',
  "src/online/index.ts": "export const online = 1;",
  "src/online/private.ts": "export const secret = 1;",
  "src/online/uses-driver.ts": 'import { Redis } from "ioredis"; export const a = Redis;',
  "src/online/adapters/redis.ts": 'import { Redis } from "ioredis"; export const redis = Redis;',
  "src/serve/back-door.ts": 'import { secret } from "../online/private.ts"; export const a = secret;',
  "src/serve/names-adapter.ts": 'import { redis } from "../online/adapters/redis.ts"; export const a = redis;',
  "src/serve/front-door.ts": 'import { online } from "../online/index.ts"; export const a = online;',
  "src/serve/imports-test.ts": 'import { a } from "./some.test.ts"; export const b = a;',
  "src/serve/some.test.ts": "export const a = 1;",
  "src/serve/lost.ts": 'import { a } from "./nowhere.ts"; export const b = a;',
  "src/serve/ring-one.ts": 'import { two } from "./ring-two.ts"; export const one = () => two;',
  "src/serve/ring-two.ts": 'import { one } from "./ring-one.ts"; export const two = () => one;',
  "src/runtime/index.ts": "export const runtime = 1; export interface Runtime { readonly a: number }",
  "src/cli/calls-runtime.ts": 'import { runtime } from "../runtime/index.ts"; export const a = runtime;',
  "src/cli/names-runtime.ts": 'import type { Runtime } from "../runtime/index.ts"; export type A = Runtime;',
  "src/app/page.tsx": 'import { runtime } from "../runtime/index.ts"; export const a = runtime;',
  "src/utils/index.ts": 'import { kit } from "../kit/index.ts"; export const util = kit;',
  "feature_repo/features.ts": 'import { kit } from "../src/kit/index.ts"; export const a = kit;',
};

const PLANTED = [
  "layer-kit: src/kit/looks-down.ts",
  "domain-is-pure: src/domain/reads-files.ts",
  "drivers-behind-adapters: src/online/uses-driver.ts",
  "front-door: src/serve/back-door.ts",
  "adapters-behind-runtime: src/serve/names-adapter.ts",
  "no-test-code-in-src: src/serve/imports-test.ts",
  "no-unresolvable: src/serve/lost.ts",
  "no-circular: src/serve/ring-one.ts",
  "types-only-cli: src/cli/calls-runtime.ts",
  "pages-stay-thin: src/app/page.tsx",
  "known-folders-only: src/utils/index.ts",
  "feature-repo-sees-define-only: feature_repo/features.ts",
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "larder-fence-"));
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await writeFile(
    join(folder, "tsconfig.json"),
    '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "allowImportingTsExtensions": true, "noEmit": true } }',
  );
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Cruise {
  readonly summary: { readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[]; readonly totalCruised: number };
}

function cruise(): Promise<Cruise> {
  const args = [
    join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs"),
    "--config",
    join(root, ".dependency-cruiser.cjs"),
    "-T",
    "json",
    "src",
    "feature_repo",
  ];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1e8 }, (_error, stdout, stderr) =>
      stdout ? resolve(JSON.parse(stdout) as Cruise) : reject(new Error(stderr)),
    );
  });
}

test("the import rules report every planted violation, and let right imports pass", async () => {
  const { summary } = await cruise();
  expect(summary.totalCruised).toBeGreaterThanOrEqual(Object.keys(FILES).length);
  const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
  expect(found).toEqual(expect.arrayContaining(PLANTED));
  for (const innocent of ["src/domain/index.ts", "src/online/adapters/redis.ts", "src/serve/front-door.ts", "src/cli/names-runtime.ts"]) {
    expect(found.filter((line) => line.endsWith(innocent))).toEqual([]);
  }
});
