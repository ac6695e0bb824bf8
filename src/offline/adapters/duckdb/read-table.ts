import type { Column, FeatureValue, ValueType } from "../../../domain/index.ts";
import type { Session } from "./engine.ts";
import { columnBuilder } from "./read-vector.ts";
import type { ErrorContext } from "./translate-error.ts";
import { translateError } from "./translate-error.ts";

/** Runs a query whose columns have the stored form of these types, and gathers its answer column by column. */
export async function readTable(
  session: Session,
  sql: string,
  fields: readonly { readonly name: string; readonly type: ValueType }[],
  context: ErrorContext | null = null,
): Promise<{ readonly rowCount: number; readonly columns: readonly Column[] }> {
  try {
    const result = await session.connection.run(sql);
    const chunks = await result.fetchAllChunks();
    const rowCount = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
    const builders = fields.map(({ name, type }) => columnBuilder(name, type, rowCount));
    let offset = 0;
    for (const chunk of chunks) {
      for (const [index, builder] of builders.entries()) builder.append(chunk, index, offset);
      offset += chunk.rowCount;
    }
    return { rowCount, columns: builders.map((builder) => builder.finish()) };
  } catch (error) {
    throw translateError(error, context);
  }
}

/** One value of a column as Larder holds it. */
export function valueAtRow({ type, data, valid }: Column, row: number): FeatureValue {
  if (valid !== null && valid[row] !== 1) return null;
  const value: FeatureValue = data[row] ?? null;
  return type === "bool" ? value === 1 : value;
}
