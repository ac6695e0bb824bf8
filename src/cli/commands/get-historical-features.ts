import { resolve } from "node:path";
import { Command } from "commander";
import { parseDuration } from "../../kit/index.ts";
import { getHistoricalFeatures } from "../../training/index.ts";
import type { CliContext, GlobalOptions } from "../context.ts";
import { count } from "../output.ts";
import { type FeatureOptions, featureChoice } from "./features-option.ts";
import { outputFormat, rowFile } from "./row-file.ts";

interface Options extends GlobalOptions, FeatureOptions {
  readonly entities: string;
  readonly out: string;
  /** true: said without a delay. */
  readonly knownAt?: string | true;
  readonly eventTimestamp: string;
}

export function getHistoricalFeaturesCommand(context: CliContext): Command {
  return new Command("get-historical-features")
    .description("join features to entity rows as they were at each row's time: a training set")
    .option("--features <list>", "view:feature,view:feature,…")
    .option("--service <name>", "all features of a feature service")
    .requiredOption("--entities <file>", "entity rows: Parquet, CSV or JSON lines; other columns (labels) pass through")
    .requiredOption("--out <file>", "where to write: .parquet or .csv")
    .option("--full-feature-names", "name features view__feature")
    .option("--known-at [delay]", "leave out rows created after the entity row's time, less a delay such as 5m")
    .option("--event-timestamp <column>", "the entity rows' time column", "event_timestamp")
    .action(async (_options, command: Command) => {
      const options = command.opts<Options>();
      const entityRows = rowFile(options.entities);
      const out = { path: resolve(options.out), format: outputFormat(options.out) };
      const choice = featureChoice(options);
      const knownAtDelaySeconds = options.knownAt === undefined ? null : options.knownAt === true ? 0 : parseDuration(options.knownAt);
      const project = await context.project(options);
      const runtime = await context.runtime(options);
      const started = performance.now();
      const input = { actor: runtime.localOwner, project, ...choice, entityRows, eventTimestampColumn: options.eventTimestamp, knownAtDelaySeconds, out };
      const { rows, columns, rejected } = await getHistoricalFeatures(runtime, input);
      const seconds = (performance.now() - started) / 1000;
      const text = () => `Wrote ${count(rows)} rows to ${options.out} in ${seconds.toFixed(1)} s: ${columns.join(", ")}`;
      const output = context.output(options);
      for (const { view, rejection } of rejected) output.note(`${view}: ${count(rejection.count)} source rows left out: ${rejection.reason}`);
      const leftOut = rejected.map(({ view, rejection }) => ({ view, ...rejection }));
      output.result({ out: out.path, rows, columns, rejected: leftOut, seconds }, text);
    });
}
