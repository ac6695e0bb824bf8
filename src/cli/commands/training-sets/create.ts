import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { Command } from "commander";
import { LarderError, parseDuration } from "../../../kit/index.ts";
import type { Runtime } from "../../../runtime/index.ts";
import { type AskedSpec, createTrainingSet, saveUpload } from "../../../training/index.ts";
import type { CliContext, GlobalOptions } from "../../context.ts";
import { type FeatureOptions, featureChoice } from "../features-option.ts";
import { rowFile } from "../row-file.ts";
import { runToEnd } from "./run.ts";
import { setDocument } from "./text.ts";

interface CreateOptions extends GlobalOptions, FeatureOptions {
  readonly entities?: string;
  readonly fromSource?: string;
  readonly start?: string;
  readonly end?: string;
  readonly limit: string;
  readonly seed: string;
  readonly keep?: string;
  readonly keyMap?: readonly string[];
  readonly knownAt?: string | true;
  readonly eventTimestamp: string;
  readonly description: string;
  readonly run?: boolean;
}

export function createTrainingSetCommand(context: CliContext): Command {
  return new Command("create")
    .description("save a training set, with the versions and ttls of its views as they are now")
    .argument("<name>")
    .option("--features <list>", "view:feature,view:feature,…")
    .option("--service <name>", "all features of a feature service")
    .option("--entities <file>", "entity rows: Parquet, CSV or JSON lines; other columns (labels) pass through")
    .option("--from-source <source>", "or else: keys and event times of a data source")
    .option("--start <time>", "with --from-source: from this event time on")
    .option("--end <time>", "with --from-source: up to this event time")
    .option("--limit <rows>", "with --from-source: so many rows at most", "10000")
    .option("--seed <n>", "with --from-source: another seed, another sample", "1")
    .option("--keep <columns>", "with --from-source: more of its columns to carry along, such as labels")
    .option("--key-map <view.key=column>", "a join key under another name; may be repeated", collect)
    .option("--full-feature-names", "name features view__feature")
    .option("--known-at [delay]", "leave out rows created after the entity row's time, less a delay such as 5m")
    .option("--event-timestamp <column>", "the entity rows' time column", "event_timestamp")
    .option("--description <text>", "what it is for", "")
    .option("--run", "run it at once, and wait")
    .action(async (name: string, _options, command: Command) => {
      const options = command.opts<CreateOptions>();
      const choice = featureChoice(options);
      const knownAtDelaySeconds = options.knownAt === undefined ? null : options.knownAt === true ? 0 : parseDuration(options.knownAt);
      const project = await context.project(options);
      const runtime = await context.runtime(options);
      const entityRows = await entityRowsOf(runtime, project, options);
      const { fullFeatureNames, features, service } = choice;
      const keyMap = keyMapOf(options.keyMap ?? []);
      const common = { eventTimestampColumn: options.eventTimestamp, fullFeatureNames, knownAtDelaySeconds, keyMap };
      const spec: AskedSpec = { entityRows, ...common, features: features ? [...features] : null, service: service ?? null };
      const set = await createTrainingSet(runtime, { actor: runtime.localOwner, project, name, description: options.description, spec });
      if (options.run) return runToEnd(context, options, { project, name, detach: false });
      context.output(options).result(setDocument(set), () => `Saved ${name}. Run it: larder training-sets run ${name}`);
    });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function entityRowsOf(runtime: Runtime, project: string, options: CreateOptions): Promise<AskedSpec["entityRows"]> {
  const { entities, fromSource, start, end, keep } = options;
  if ((entities === undefined) === (fromSource === undefined)) {
    throw new LarderError("invalid_argument", "Which entity rows? Say --entities FILE or --from-source SOURCE, one of them.");
  }
  if (fromSource !== undefined) {
    const columns = (keep ?? "").split(",").filter((column) => column !== "");
    return {
      kind: "source",
      source: fromSource,
      start: start ?? null,
      end: end ?? null,
      limit: Number(options.limit),
      seed: Number(options.seed),
      keep: columns,
    };
  }
  const { path } = rowFile(entities ?? "");
  const { upload } = await saveUpload(runtime, { actor: runtime.localOwner, project, fileName: basename(path), content: createReadStream(path) });
  return { kind: "upload", upload: upload.upload };
}

/** `driver_stats.driver_id=courier` → { driver_stats: { driver_id: "courier" } } */
function keyMapOf(entries: readonly string[]): Record<string, Record<string, string>> {
  const map: Record<string, Record<string, string>> = {};
  for (const entry of entries) {
    const [, view, key, column] = /^([^.=]+)\.([^=]+)=(.+)$/.exec(entry) ?? [];
    if (view === undefined || key === undefined || column === undefined) {
      throw new LarderError("invalid_argument", `--key-map ${entry}: write view.key=column.`, { hint: "--key-map driver_stats.driver_id=courier" });
    }
    map[view] = { ...map[view], [key]: column };
  }
  return map;
}
