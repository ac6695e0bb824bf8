// npm run bench: Larder beside its references on this machine. Arguments are passed on: npm run bench -- --only join --quick
import { join } from "node:path";
import { becomeProjectNode, root } from "./project.mjs";
import { setUpOrExit } from "./setup.mjs";
import { findRedis, installPackages } from "./system-programs.mjs";

await setUpOrExit();
if (!findRedis()) await installPackages(["redis-server"]);
await becomeProjectNode([join(root, "bench/main.ts"), ...process.argv.slice(2)]);
