import { Command } from "commander";
import { parseJsonExact } from "../../kit/index.ts";
import { getOnlineFeatures } from "../../serve/index.ts";
import { type CliContext, type GlobalOptions, UsageError } from "../context.ts";
import { textTable } from "../output.ts";
import { serveDepsOf } from "../serve-deps.ts";
import { type FeatureOptions, featureChoice } from "./features-option.ts";

interface Options extends GlobalOptions, FeatureOptions {
  readonly entities: string;
}

/** The answer of section "get-online-features" of the HTTP door. */
interface Answer {
  readonly metadata: { readonly feature_names: readonly string[] };
  readonly results: readonly { readonly values: readonly unknown[]; readonly statuses: readonly string[]; readonly event_timestamps: readonly string[] }[];
}

export function getOnlineFeaturesCommand(context: CliContext): Command {
  return new Command("get-online-features")
    .description("read the newest values of entities from the online store")
    .option("--features <list>", "view:feature,view:feature,…")
    .option("--service <name>", "all features of a feature service")
    .requiredOption("--entities <json>", `join keys and their values: '{"driver_id":[1001,1002]}'`)
    .option("--full-feature-names", "name features view__feature")
    .action(async (_options, command: Command) => {
      const options = command.opts<Options>();
      const entities = readEntities(options.entities);
      const choice = featureChoice(options);
      const project = await context.project(options);
      const runtime = await context.runtime(options);
      const input = { actor: runtime.localOwner, project, ...choice, entities, namesVersions: false };
      const answer = parseJsonExact((await getOnlineFeatures(serveDepsOf(runtime), input)).toString()) as Answer;
      context.output(options).result(answer, () => answerText(answer));
    });
}

function readEntities(text: string): Readonly<Record<string, readonly unknown[]>> {
  const hint = `Write --entities '{"driver_id":[1001,1002]}'.`;
  let parsed: unknown;
  try {
    parsed = parseJsonExact(text);
  } catch {
    throw new UsageError("--entities is not JSON.", hint);
  }
  const isColumns = typeof parsed === "object" && parsed !== null && Object.values(parsed).every(Array.isArray);
  if (!isColumns) throw new UsageError("--entities holds no lists of values by join key.", hint);
  return parsed as Record<string, readonly unknown[]>;
}

function answerText({ metadata, results }: Answer): string {
  const rows = (results[0]?.values ?? []).map((_value, row) =>
    results.map(({ values, statuses }) => (statuses[row] === "PRESENT" ? show(values[row]) : (statuses[row] ?? ""))),
  );
  return textTable(metadata.feature_names, rows);
}

function show(value: unknown): string {
  return typeof value === "bigint" ? value.toString() : typeof value === "string" ? value : JSON.stringify(value);
}
