import type { Command } from "commander";
import { expect, test } from "vitest";
import { readEnvironment } from "../runtime/index.ts";
import { cliContext } from "./context.ts";
import type { Machine } from "./machine.ts";
import { buildProgram } from "./run-cli.ts";

const context = cliContext(readEnvironment({}), {} as Machine, () => Promise.reject(new Error("help opens nothing")));

/** The commands that do something, by what one types for them. */
function leaves(command: Command, path: readonly string[] = []): readonly (readonly [string, Command])[] {
  if (command.commands.length === 0) return [[path.join(" "), command]];
  return command.commands.flatMap((child) => leaves(child, [...path, child.name()]));
}

test("every command says what it does, and takes --json, --project and --repo", () => {
  const commands = leaves(buildProgram(context));
  expect(commands.map(([typed]) => typed)).toEqual(
    expect.arrayContaining(["up", "init", "plan", "apply", "materialize", "runs list", "runs show", "runs cancel", "runs resume", "push", "serve", "worker"]),
  );
  for (const [typed, command] of commands) {
    const help = command.helpInformation();
    expect(help, typed).toContain(`Usage: larder ${typed} `);
    expect(command.description().length, typed).toBeGreaterThan(10);
    for (const option of ["--json", "--project", "--repo", "--help"]) expect(help, typed).toContain(option);
  }
});
