import { setImmediate } from "node:timers/promises";
import { inOrder, loadDefinitions, toProblem } from "./load-definitions.ts";
import { locateError } from "./locate-error.ts";
import { hookRepoModules } from "./module-hooks.ts";
import { listRepoFiles } from "./repo-files.ts";

/*
 * The process that load-repo.ts starts to run a repo's code: `node load-repo-child.ts ROOT`. It says what it is loading, answers once
 * and ends, so that neither what the code leaves behind nor an older state of its files ever reaches the process that asked.
 */
const { exit } = process;
process.exit = (() => {
  throw new Error("process.exit() is not for a feature repo: its files are loaded, not run");
}) as typeof process.exit;
process.on("disconnect", () => exit.call(process, 1)); // whoever asked is gone
Error.stackTraceLimit = 100;

const root = process.argv[2] ?? "";
const unawaited: unknown[] = [];
process.on("uncaughtException", (error) => unawaited.push(error)); // rejections that nobody awaits, too

const modules = hookRepoModules(root);
const loaded = await loadDefinitions(root, await listRepoFiles(root), modules, (file) => void process.send?.({ loading: file }));
await setImmediate();
const more = unawaited.map((error) => locateError(error, modules.lastLoaded() ?? root, root, modules)).map((error) => toProblem(root, error, error.message));
process.send?.({ ...loaded, problems: inOrder([...loaded.problems, ...more]) }, () => exit.call(process, 0));
