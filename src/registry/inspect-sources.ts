import {
  type BatchSource,
  batchSourceOf,
  definitionKey,
  type FeatureView,
  type LocatedDefinition,
  type Origin,
  type Problem,
  projectDefinitions,
} from "../domain/index.ts";
import { canonicalJson, isLarderError, type Json, type LarderError, toLarderError } from "../kit/index.ts";
import { checkColumns } from "./check-columns.ts";
import type { SourceColumn, SourceInspector } from "./port.ts";
import { errorAt, inOrder, labelOf, warningAt } from "./problem.ts";

/** Sources opened at the same time. */
const CONCURRENCY = 4;

type Opened = { readonly columns: readonly SourceColumn[] } | { readonly failure: LarderError };

/**
 * Opens the sources, each once with each transform, and compares columns with what the views need. A glob that matches nothing yet is a warning,
 * what cannot be read an error at the source. Views whose entities or source are not defined are left out: others tell of them.
 */
export async function inspectSources(inspector: SourceInspector, all: readonly LocatedDefinition[]): Promise<readonly Problem[]> {
  const definitions = projectDefinitions(all);
  const origins = new Map(all.map(({ definition, origin }) => [definitionKey(definition), origin]));
  const open = openOnce(inspector);
  // what is wrong with a batch source is said once, where it is defined, however many streams and views read it
  const originOf = (source: BatchSource, user: Origin | null): Origin | null => origins.get(definitionKey(source)) ?? user;
  const inspectView = async (view: FeatureView, origin: Origin | null): Promise<readonly Problem[]> => {
    const declared = definitions.source(view.source);
    const source = declared === undefined ? null : batchSourceOf(declared);
    const entities = view.entities.flatMap((name) => definitions.entity(name) ?? []);
    if (source === null || source.type === "postgres" || entities.length < view.entities.length) return [];
    const sourceOrigin = origins.get(definitionKey({ kind: "data_source", name: view.source })) ?? null;
    const plain = await open(source, null);
    if ("failure" in plain) return [sourceProblem(source, originOf(source, sourceOrigin), plain.failure)];
    const rows = view.transform === null ? plain : await open(source, view.transform);
    if ("failure" in rows) return [errorAt(origin, `${labelOf(view)}: its transform does not run: ${textOf(rows.failure)}`)];
    return checkColumns({ view, entities, source, columns: rows.columns, origins: { view: placeOf(origin), source: placeOf(sourceOrigin) } });
  };
  const inspectSource = async (source: BatchSource | null, origin: Origin | null): Promise<readonly Problem[]> => {
    if (source?.type !== "file") return [];
    const opened = await open(source, null);
    return "failure" in opened ? [sourceProblem(source, originOf(source, origin), opened.failure)] : [];
  };
  const found = await inParallel(all, CONCURRENCY, async ({ definition, origin }) => {
    if (definition.kind === "data_source") return inspectSource(batchSourceOf(definition), origin);
    return definition.kind === "feature_view" ? inspectView(definition, origin) : [];
  });
  return inOrder(found.flat());
}

/** Rows that are still to come, or a `${VAR}` that is not set here, fail only what reads the source: apply goes on. */
function sourceProblem(source: BatchSource, origin: Origin | null, failure: LarderError): Problem {
  const isStillEmpty = failure.code === "not_found" && (failure.details?.emptyGlob === true || (source.type === "file" && /[*?[{]/.test(source.path)));
  const isWarning = isStillEmpty || failure.code === "failed_precondition";
  return (isWarning ? warningAt : errorAt)(origin, `${labelOf(source)}: ${textOf(failure)}`);
}

function textOf({ message, hint }: LarderError): string {
  return hint === undefined ? message : `${message} ${hint}`;
}

function placeOf(origin: Origin | null): Pick<Problem, "file" | "line"> {
  return { file: origin?.file ?? null, line: origin?.line ?? null };
}

/** Columns of a source with a transform; asked again, the same answer without opening anything. */
function openOnce(inspector: SourceInspector): (source: BatchSource, transform: string | null) => Promise<Opened> {
  const opened = new Map<string, Promise<Opened>>();
  return (source, transform) => {
    const key = canonicalJson([source as unknown as Json, transform]);
    const known = opened.get(key) ?? tryOpen(inspector, source, transform);
    opened.set(key, known);
    return known;
  };
}

/** Only what the source or the transform is to blame for is a problem of the repo; a fault of Larder's own is thrown on. */
async function tryOpen(inspector: SourceInspector, source: BatchSource, transform: string | null): Promise<Opened> {
  try {
    return { columns: await inspector.columns(source, transform) };
  } catch (error) {
    if (!isLarderError(error) || error.code === "internal") throw toLarderError(error);
    return { failure: error };
  }
}

/** Results in the order of the items, at most `width` at work at a time. */
async function inParallel<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  const queue = items.entries();
  const lane = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
