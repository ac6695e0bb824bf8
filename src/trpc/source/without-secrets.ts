import { type BatchSource, batchSourceOf, type DataSource } from "../../domain/index.ts";
import { redactUrl } from "../../kit/index.ts";

/** A connection may carry a password. A browser sees where it leads, or the `${VAR}` that holds it. */
export function withoutSecrets<S extends DataSource>(source: S): S {
  if (source.type === "postgres") return { ...source, connection: showConnection(source.connection) };
  const batch = source.type === "file" ? null : batchSourceOf(source);
  return batch === null ? source : { ...source, batchSource: withoutSecrets<BatchSource>(batch) };
}

function showConnection(connection: string): string {
  return /^\$\{[^}]*\}$/.test(connection) ? connection : redactUrl(connection);
}
