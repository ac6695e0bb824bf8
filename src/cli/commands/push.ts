import { Command, Option } from "commander";
import { type PushTarget, pushRows, pushTypes, type WriteResult } from "../../serve/index.ts";
import { type CliContext, EXIT, Exit, type GlobalOptions } from "../context.ts";
import { count } from "../output.ts";
import { serveDepsOf } from "../serve-deps.ts";
import { rowFile } from "./row-file.ts";

/** Rows per write: a large file never stands in memory as a whole batch of packed rows. */
const BATCH_ROWS = 10_000;

export function pushCommand(context: CliContext): Command {
  return new Command("push")
    .description("push rows of a file into the views of a push source")
    .argument("<source>", "the push source")
    .argument("<file>", "JSON lines, CSV or Parquet")
    .addOption(new Option("--to <where>", "where to").choices(["online", "offline", "online_and_offline"]).default("online"))
    .action(async (source: string, file: string, _options, command: Command) => {
      const options = command.opts<GlobalOptions & { readonly to: PushTarget }>();
      const project = await context.project(options);
      const runtime = await context.runtime(options);
      const deps = serveDepsOf(runtime);
      const types = await pushTypes(deps, { project, pushSource: source });
      const columns = await runtime.offline.readColumns(rowFile(file), types);
      const rowCount = Object.values(columns)[0]?.length ?? 0;
      const total: { accepted: number; rejected: WriteResult["rejected"][number][] } = { accepted: 0, rejected: [] };
      for (let from = 0; from < rowCount || from === 0; from += BATCH_ROWS) {
        const rows = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.slice(from, from + BATCH_ROWS)]));
        const written = await pushRows(deps, {
          actor: runtime.localOwner,
          project,
          pushSource: source,
          rows,
          to: options.to,
          isFresh: false,
          isTransformed: true,
        });
        total.accepted += written.accepted;
        total.rejected.push(...written.rejected.map((rejection) => ({ ...rejection, row: rejection.row + from })));
      }
      context.output(options).result(total, () => resultText(total));
      if (total.accepted === 0 && total.rejected.length > 0) throw new Exit(EXIT.failed);
    });
}

function resultText({ accepted, rejected }: WriteResult): string {
  const shown = rejected.slice(0, 20).map(({ row, field, reason }) => `  row ${row}${field === null ? "" : `, ${field}`}: ${reason}`);
  const more = rejected.length > shown.length ? [`  and ${count(rejected.length - shown.length)} more`] : [];
  return [`${count(accepted)} accepted, ${count(rejected.length)} rejected`, ...shown, ...more].join("\n");
}
