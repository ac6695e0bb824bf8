import type { ValueType } from "../domain/index.ts";
import { pushViews } from "./push-rows.ts";
import type { ServeDeps } from "./serve-deps.ts";
import { timeColumns } from "./typed-rows.ts";

/**
 * What the columns of rows for a push source are, by the views that read it: for files that say nothing about types, such as CSV. A column that
 * one view has as a string is a string. Throws not_found, invalid_argument for what is no push source.
 */
export async function pushTypes(deps: ServeDeps, { project, pushSource }: { readonly project: string; readonly pushSource: string }) {
  const types = new Map<string, ValueType>();
  const declare = (name: string, type: ValueType): void => {
    if (type === "string" || !types.has(name)) types.set(name, type);
  };
  for (const { newest } of pushViews(await deps.snapshots.get(project), pushSource)) {
    const { event, created } = timeColumns(newest);
    for (const { name, type } of newest.joinKeys) declare(name, type);
    for (const name of [...event, ...created]) declare(name, "timestamp");
    // what a transform makes of a column says nothing about the column
    if (newest.transform === null) for (const { name, column, type } of newest.features) for (const known of [column, name]) declare(known, type);
  }
  return types as ReadonlyMap<string, ValueType>;
}
