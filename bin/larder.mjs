#!/usr/bin/env node
// The command line, run by the project's own Node 24 whatever Node started this.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { becomeProjectNode, root, say } from "../scripts/project.mjs";

if (!existsSync(join(root, "prisma/generated/client.ts"))) {
  say("Larder is not set up here yet: run `npm run setup` in its folder once.");
  process.exit(1);
}
await becomeProjectNode([join(root, "src/cli/main.ts"), ...process.argv.slice(2)]);
