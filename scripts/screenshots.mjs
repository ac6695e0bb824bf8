// npm run screenshots: pictures of the main pages into docs/screenshots, from a Larder of its own with the example's data.
// Dark and narrow ones too with --all, as PNG into the folder named after it; git keeps the light, wide ones.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { becomeProjectNode, root } from "./project.mjs";
import { setUpOrExit } from "./setup.mjs";

await setUpOrExit();
mkdirSync(join(root, "docs/screenshots"), { recursive: true });
await becomeProjectNode([join(root, "e2e/support/screenshots.ts"), ...process.argv.slice(2)]);
