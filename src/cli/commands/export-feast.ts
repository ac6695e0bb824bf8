import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { FEAST_EXPORT_MARK, feastRepo } from "../../define/index.ts";
import { LarderError } from "../../kit/index.ts";
import { requireProject } from "../../registry/index.ts";
import type { CliContext, GlobalOptions } from "../context.ts";

interface Options extends GlobalOptions {
  readonly serveUrl?: string;
}

export function exportFeastCommand(context: CliContext): Command {
  return new Command("feast")
    .description("write a Feast (Python) repo of the same definitions, whose online store is this server")
    .argument("<dir>", "a folder: new, empty, or of an earlier export")
    .option("--serve-url <url>", "where the serving process answers (default: this machine's)")
    .action(async (dir: string, _options, command: Command) => {
      const options = command.opts<Options>();
      const base = serveUrl(options.serveUrl ?? `http://localhost:${context.environment.servePort}`);
      const project = await context.project(options);
      const { registry, authorizer, localOwner } = await context.runtime(options);
      await authorizer.authorize({ actor: localOwner, action: "discover", resource: { project, kind: "project", name: project, team: null } });
      await requireProject(registry, project);
      const definitions = (await registry.definitions(project)).map(({ definition }) => definition);
      const { files, notes } = feastRepo({ project, definitions, servingUrl: `${base}/p/${project}` });
      await writeExport(resolve(dir), files);
      const output = context.output(options);
      for (const { severity, name, text } of notes) if (severity === "warning") output.note(`${name}: ${text}`);
      output.result({ out: resolve(dir), project, files: [...files.keys()], notes }, () =>
        [`Wrote ${[...files.keys()].join(" and ")} to ${dir}.`, `Next: cd ${dir} && feast apply (pip install feast)`].join("\n"),
      );
    });
}

/** Without the slash at its end. Throws invalid_argument for what is no address of a server. */
function serveUrl(text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? "")) {
    throw new LarderError("invalid_argument", `--serve-url: "${text}" is not the address of a server.`, { hint: "Write http://host:6566." });
  }
  return text.replace(/\/+$/, "");
}

/** Throws already_exists, before anything is written, where a file of the same name is somebody's own. */
async function writeExport(dir: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const name of files.keys()) {
    const present = await readFile(join(dir, name), "utf8").catch(() => null);
    if (present !== null && !present.startsWith(FEAST_EXPORT_MARK)) {
      throw new LarderError("already_exists", `${join(dir, name)} was not written by an export; nothing was written.`, { hint: "Name another folder." });
    }
  }
  await mkdir(dir, { recursive: true });
  for (const [name, text] of files) await writeFile(join(dir, name), text);
}
