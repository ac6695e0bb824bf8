import { cp, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "../harness/processes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A copy of the project as a clone would have it, with its packages installed and nothing else made. */
export async function copyCheckout(folder: string): Promise<string> {
  const copy = join(folder, "checkout");
  const listed = await runProgram("git", ["-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  for (const file of listed.split("\0").filter((name) => name !== "")) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await cp(join(root, file), join(copy, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error; // deleted, and not committed yet
    });
  }
  const [from, to] = [join(root, "node_modules"), join(copy, "node_modules")];
  // Links where the file system can: it is over a gigabyte.
  await runProgram("cp", ["-al", from, to]).catch(() => runProgram("cp", ["-R", from, to]));
  await forgetWhatWasMade(copy);
  return copy;
}

/** Back to a fresh clone: no generated client, no built console, nothing that Node remembers of the TypeScript. */
export async function forgetWhatWasMade(checkout: string): Promise<void> {
  for (const made of [".next", "prisma/generated", "node_modules/.cache"]) await rm(join(checkout, made), { recursive: true, force: true });
}
