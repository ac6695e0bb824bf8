import { LarderError } from "../../../kit/index.ts";
import type { Session } from "./engine.ts";
import type { RawRows } from "./read-source.ts";
import { describeColumns } from "./read-source.ts";
import type { ErrorContext } from "./translate-error.ts";

/** Which transform, for messages: "The transform of driver_stats". */
export interface TransformContext extends ErrorContext {
  readonly subject: string;
}

export function transformContext(view: string | null): TransformContext {
  const subject = view === null ? "The transform" : `The transform of ${view}`;
  return { subject, failure: `${subject} fails`, code: "invalid_definition" };
}

/**
 * Rows through a user's SQL, which reads them as `input`. It must be one SELECT by itself; whatever else it might try is up to the
 * sandbox that it runs in. Throws invalid_definition.
 */
export async function transformRowsOf(session: Session, rows: Pick<RawRows, "from">, transform: string, context: TransformContext): Promise<RawRows> {
  const sql = transform.trim().replace(/;\s*$/, "");
  await requireOneStatement(session, sql, context);
  const from = `(WITH input AS (SELECT * FROM ${rows.from}) SELECT * FROM (\n${sql}\n))`;
  const columns = await describeColumns(session, `SELECT * FROM ${from}`, context);
  return { from, place: null, columns };
}

/** Standing alone it parses as one statement, so it cannot close the brackets around it; that it fits into them makes it a SELECT. */
async function requireOneStatement(session: Session, sql: string, context: TransformContext): Promise<void> {
  const refuse = (what: string): LarderError =>
    new LarderError("invalid_definition", `${context.subject} ${what}.`, {
      hint: "Write one SELECT that reads from input, such as: select * from input where amount > 0.",
    });
  if (sql === "") throw refuse("is empty");
  const count = await countStatements(session, sql, context);
  if (count !== 1) throw refuse(`holds ${count} statements`);
  if (!/^(with|select|from|\(|--|\/\*|values)/i.test(sql)) throw refuse("is no SELECT");
}

async function countStatements(session: Session, sql: string, context: TransformContext): Promise<number> {
  try {
    return (await session.connection.extractStatements(sql)).count;
  } catch (error) {
    const text = error instanceof Error ? error.message : "";
    const line = /Error: (.*?)(\n|$)/.exec(text)?.[1] ?? "it is no SQL";
    throw new LarderError("invalid_definition", `${context.subject} is no SQL that can be run: ${line.replace(/^Parser Error: /, "")}.`, { cause: error });
  }
}
