import { Command } from "commander";
import { readRepoSettings } from "../../define/index.ts";
import { type CliContext, type GlobalOptions, repoAtHand } from "../context.ts";
import { assertPortFree } from "../up/check-port.ts";
import { claimHome } from "../up/instance.ts";
import { runUp } from "../up/run-up.ts";

export function upCommand(context: CliContext): Command {
  return new Command("up")
    .description("everything on this machine: database, serving, worker, console; the feature repo applied. Ctrl-C stops all")
    .action(async (_options, command: Command) => {
      const options = command.opts<GlobalOptions>();
      const output = context.output(options);
      const { environment, machine } = context;
      const repo = repoAtHand(options.repo);
      if (repo !== null) await readRepoSettings(repo); // a wrong folder is said at once
      const claim = claimHome(machine, environment);
      if (!claim.claimed) {
        const { running } = claim;
        const text = () =>
          running
            ? `Larder runs here already, since ${running.startedAt} (process ${running.pid}):\n  console  ${running.console}\n  serve    ${running.serve}`
            : `Larder is just starting in ${environment.home}.`;
        output.result({ already_running: running }, text);
        return;
      }
      const stopping = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopping.abort());
      try {
        await assertPortFree(environment.host, environment.servePort, "LARDER_SERVE_PORT");
        await assertPortFree(environment.host, environment.consolePort, "LARDER_CONSOLE_PORT");
        const databaseUrl = await context.databaseUrl(options);
        await runUp({ environment, machine, instance: claim.instance, repo, databaseUrl, say: (line) => output.note(line), signal: stopping.signal });
      } finally {
        claim.release();
      }
    });
}
