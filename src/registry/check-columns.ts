import type { BatchSource, Entity, FeatureView, Problem, ValueType } from "../domain/index.ts";
import { didYouMean } from "../kit/index.ts";
import { castTo, foundColumnFits } from "./column-types.ts";
import type { SourceColumn } from "./port.ts";
import { labelOf } from "./problem.ts";

type Origins = { readonly view: Pick<Problem, "file" | "line">; readonly source: Pick<Problem, "file" | "line"> };

/** What a view needs of the rows that it is made from, and what those rows have. */
export interface ColumnCheck {
  readonly view: FeatureView;
  readonly entities: readonly Entity[];
  readonly source: BatchSource;
  readonly columns: readonly SourceColumn[];
  readonly origins: Origins;
}

/** Missing time columns, join keys and features, and those whose column has another type. What the source has beyond them is nobody's business. */
export function checkColumns({ view, entities, source, columns, origins }: ColumnCheck): readonly Problem[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const text = source.type === "file" && source.format !== "parquet" && view.transform === null ? source.format : null;
  const fits = (column: SourceColumn, declared: ValueType) => foundColumnFits(column, declared, text);
  const rows = view.transform === null ? labelOf(source) : `the transform's result`;
  const complain = (at: keyof Origins, message: string): Problem => {
    const subject = at === "view" ? labelOf(view) : labelOf(source);
    return { severity: "error", ...origins[at], message: `${subject}: ${message}` };
  };
  const need = (at: keyof Origins, column: string, what: string, declared: ValueType): readonly Problem[] => {
    const found = byName.get(column);
    if (found === undefined) return [complain(at, missing(column, what, rows, byName.keys()))];
    return fits(found, declared) ? [] : [complain(at, mismatch(found, what, rows, declared))];
  };
  // without a transform the time columns are the source's own matter, told once however many views read it
  const times = view.transform === null ? "source" : "view";
  return [
    ...need(times, source.timestampField, "event time", "timestamp"),
    ...(source.createdTimestampColumn === null ? [] : need(times, source.createdTimestampColumn, "created time", "timestamp")),
    ...entities.flatMap((entity) => entity.joinKeys.flatMap(({ name, type }) => need("view", name, "join key", type))),
    ...view.features.flatMap(({ name, column, type }) => need("view", column, name === column ? "feature" : `feature "${name}"`, type)),
  ];
}

function missing(column: string, what: string, rows: string, names: Iterable<string>): string {
  const all = [...names];
  const shown = all.length > 12 ? `${all.slice(0, 12).join(", ")} and ${all.length - 12} more` : all.join(", ");
  return `there is no column "${column}" (${what}) in ${rows}. ${didYouMean(column, all, `It has ${shown || "no columns"}.`)}`;
}

function mismatch(column: SourceColumn, what: string, rows: string, declared: ValueType): string {
  const has = `the column "${column.name}" (${what}) of ${rows} is ${column.engineType}`;
  const cast = `cast it in the view's transform: ${castTo(column.name, declared, column.type)} as ${column.name}`;
  return column.type === null ? `${has}, which no feature can have; ${cast}` : `${has}, not ${declared}; ${cast}`;
}
