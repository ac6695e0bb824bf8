import { LarderError } from "../../../kit/index.ts";
import type { MeasuredColumn, MeasuredRows } from "./measured-rows.ts";
import { translateError } from "./translate-error.ts";

/** All values of a column but nulls, ascending, chunk by chunk: the engine sorts and spills, nothing gathers here. */
export async function* sortedValues(
  { session, select }: Pick<MeasuredRows, "session" | "select">,
  { sql, kind }: MeasuredColumn,
): AsyncGenerator<Float64Array, void> {
  if (kind !== "numeric") throw new LarderError("internal", "Only a column of numbers has an order.");
  try {
    const result = await session.connection.stream(`SELECT ${sql} FROM (${select}) WHERE ${sql} IS NOT NULL ORDER BY ${sql}`);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      const { items } = chunk.getColumnVector(0) as unknown as { readonly items?: unknown };
      if (!(items instanceof Float64Array)) throw new LarderError("internal", "A column of numbers came from the offline engine as something else.");
      yield items.slice(0, chunk.rowCount);
    }
  } catch (error) {
    throw translateError(error, null);
  }
}
