// npm start: set up what is missing, then `larder up` on the example repo. Arguments are passed on: npm start -- --help
import { join } from "node:path";
import { becomeProjectNode, root } from "./project.mjs";
import { setUpOrExit } from "./setup.mjs";

await setUpOrExit();
await becomeProjectNode([join(root, "src/cli/main.ts"), "up", "--repo", join(root, "feature_repo"), ...process.argv.slice(2)]);
