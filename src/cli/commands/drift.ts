import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command } from "commander";
import { LarderError } from "../../kit/index.ts";
import { type ComparedColumn, compareFiles, comparisonDocument } from "../../monitor/index.ts";
import type { CliContext, GlobalOptions } from "../context.ts";
import { type DriftReport, driftHtml } from "../drift-report/html.ts";
import { driftText } from "../drift-report/text.ts";
import { rowFile } from "./row-file.ts";

export function driftCommand(context: CliContext): Command {
  return new Command("drift").description("tell whether values shift").addCommand(compareCommand(context));
}

interface Options extends GlobalOptions {
  readonly baseline: string;
  readonly current: string;
  readonly columns?: string;
  readonly key?: string;
  readonly eventTimestamp: string;
  readonly html?: string;
}

function compareCommand(context: CliContext): Command {
  return new Command("compare")
    .description("compare two files column by column: scores, and a verdict on each column; no registry is needed")
    .requiredOption("--baseline <file>", "what is normal: Parquet, CSV or JSON lines; its values make the bins")
    .requiredOption("--current <file>", "what is judged against it")
    .option("--columns <list>", "column,column,… (default: those that both files have)")
    .option("--key <column>", "judge the newest row of each value of this column: rows of one entity depend on each other")
    .option(
      "--event-timestamp <column>",
      "the time column, which tells the newest row (without one: the last in the file) and is not compared",
      "event_timestamp",
    )
    .option("--html <file>", "write a report that stands alone, with a histogram per column")
    .action(async (_options, command: Command) => {
      const options = command.opts<Options>();
      const files = { baseline: rowFile(options.baseline), current: rowFile(options.current) };
      const key = options.key ?? null;
      const offline = context.machine.openOfflineStore(context.environment, "cli");
      try {
        const compared = await compareFiles({ offline }, { ...files, columns: columnList(options.columns), key, eventTimestampColumn: options.eventTimestamp });
        const report: DriftReport = { baseline: options.baseline, current: options.current, key, compared };
        if (options.html !== undefined) await writeReport(options.html, driftHtml(report));
        const output = context.output(options);
        output.result(document(report), () => driftText(report));
        if (options.html !== undefined) output.note(`Wrote the report to ${options.html}.`);
      } finally {
        await offline.dispose();
      }
    });
}

function columnList(text: string | undefined): readonly string[] | null {
  if (text === undefined) return null;
  const names = text.split(",").map((name) => name.trim());
  if (names.some((name) => name === "")) throw new LarderError("invalid_argument", "--columns is a list of names: --columns amount,country.");
  return [...new Set(names)];
}

async function writeReport(path: string, html: string): Promise<void> {
  try {
    await writeFile(resolve(path), html);
  } catch (error) {
    throw new LarderError("invalid_argument", `The report cannot be written to ${path}.`, { hint: "Name a file in a folder that is there.", cause: error });
  }
}

function document({ baseline, current, key, compared }: DriftReport) {
  return {
    baseline,
    current,
    unit: key === null ? "row" : "entity_key",
    key,
    columns: compared.columns.map(columnDocument),
    only_in_baseline: compared.onlyInBaseline,
    only_in_current: compared.onlyInCurrent,
  };
}

function columnDocument({ column, comparison, verdict, adjustedP }: ComparedColumn) {
  return { name: column.name, kind: column.kind, measure: column.measure, ...comparisonDocument(comparison), psi_p_adjusted: adjustedP, verdict };
}
