import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { type CliContext, Exit } from "../context.ts";
import { ensureConsoleBuilt } from "../up/build-console.ts";
import { type ProcessSpec, processSpecs } from "../up/process-specs.ts";

export function serveCommand(context: CliContext): Command {
  return new Command("serve").description("the serving process alone: reads, pushes, metrics").action(() => become(processSpecs(context.environment).serve));
}

export function workerCommand(context: CliContext): Command {
  return new Command("worker").description("a worker alone: takes up jobs").action(() => become(processSpecs(context.environment).worker));
}

export function consoleCommand(context: CliContext): Command {
  return new Command("console").description("the console alone; builds it where that is missing").action(async () => {
    await ensureConsoleBuilt(context.machine, (line) => process.stderr.write(`${line}\n`), new AbortController().signal);
    await become(processSpecs(context.environment).console);
  });
}

/** Runs one of the processes in the foreground: its output, its signals, its exit code. */
async function become({ args, env }: ProcessSpec): Promise<never> {
  const child = spawn(process.execPath, [...args], {
    stdio: "inherit",
    env: { ...process.env, ...env },
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  throw new Exit(code ?? (signal === "SIGTERM" ? 143 : 130));
}
