import { resolve } from "node:path";
import { Command } from "commander";
import { exportRepo } from "../../define/index.ts";
import { requireProject } from "../../registry/index.ts";
import type { CliContext, GlobalOptions } from "../context.ts";

export function exportRepoCommand(context: CliContext): Command {
  return new Command("repo")
    .description("write what the console made as TypeScript into a feature repo; applied from there it is adopted as it is")
    .argument("<dir>", "the project's feature repo, or a new folder")
    .action(async (dir: string, _options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const project = await context.project(options);
      const { registry, authorizer, localOwner } = await context.runtime(options);
      await authorizer.authorize({ actor: localOwner, action: "discover", resource: { project, kind: "project", name: project, team: null } });
      const { settings } = await requireProject(registry, project);
      const all = await registry.definitions(project);
      const definitions = all.filter(({ managedBy }) => managedBy === "console").map(({ definition }) => definition);
      const { files, present } = await exportRepo({ dir: resolve(dir), project, settings, definitions, isShared: definitions.length < all.length });
      context.output(options).result({ out: resolve(dir), project, files, present }, () => {
        if (definitions.length === 0) return `The console made nothing in ${project} that a repo does not manage already.`;
        const written = files.map(({ file, state }) => `  ${file}${state === "unchanged" ? " (unchanged)" : ""}`);
        const there = present.map(({ kind, name, file }) => `  ${kind} ${name} is in ${file} already`);
        return [`Wrote to ${dir}:`, ...written, ...there, `Next: larder apply --repo ${dir}`].join("\n");
      });
    });
}
