import type { Actor, Authorizer, FileFormat, FileSource } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import { foundColumnFits } from "./column-types.ts";
import type { DataFolders } from "./data-folders.ts";
import { authorizeDefine } from "./plan-repo.ts";
import type { SourceColumn, SourceHead, SourceInspection, SourceInspector, SourcePreviewer } from "./port.ts";
import { proposeTimes, type TimeColumns } from "./propose-times.ts";

export interface InspectFileDeps {
  readonly folders: DataFolders;
  readonly inspector: SourceInspector & SourcePreviewer;
  readonly authorizer: Authorizer;
}

export interface InspectFileInput {
  readonly actor: Actor;
  readonly project: string;
  /** A file, a folder of files or a glob, absolute. */
  readonly path: string;
  readonly format: FileFormat;
  /** The columns that were chosen; null: propose. */
  readonly times: TimeColumns | null;
}

export interface InspectedFile {
  readonly columns: readonly SourceColumn[];
  /** Columns that can be read as times. */
  readonly timeColumns: readonly string[];
  /** As chosen, or as proposed. */
  readonly times: TimeColumns;
  readonly head: SourceHead;
  /** Size and range of event times; null where there is no event time. */
  readonly inspection: SourceInspection | null;
}

const HEAD_ROWS = 8;

/**
 * Opens files that are no source yet. Throws permission_denied for a path outside of the allowed folders and for whoever may not define, not_found
 * where there is nothing, invalid_definition where it cannot be read.
 */
export async function inspectFile(deps: InspectFileDeps, { actor, project, path, format, times: chosen }: InspectFileInput): Promise<InspectedFile> {
  await authorizeDefine(deps.authorizer, actor, project);
  const reason = await deps.folders.reasonOutside(path);
  if (reason !== null) throw new LarderError("permission_denied", `${reason}.`);
  const columns = await deps.inspector.columns(draftSource(path, format, null), null);
  const isText = format !== "parquet";
  const times = chosen ?? proposeTimes(columns, isText);
  const [head, inspection] = await Promise.all([
    deps.inspector.head(draftSource(path, format, times), HEAD_ROWS),
    times.timestampField === null ? null : deps.inspector.inspect(draftSource(path, format, times)),
  ]);
  const canBeTime = (column: SourceColumn) => foundColumnFits(column, "timestamp", isText ? format : null);
  return { columns, timeColumns: columns.filter(canBeTime).map(({ name }) => name), times, head, inspection };
}

/** The reader asks for a source; this one goes by its file until it has a name. */
function draftSource(path: string, format: FileFormat, times: TimeColumns | null): FileSource {
  const texts = { name: path.slice(path.lastIndexOf("/") + 1), description: "", owner: null, tags: {} };
  const { timestampField, createdTimestampColumn } = times ?? { timestampField: null, createdTimestampColumn: null };
  return { kind: "data_source", type: "file", ...texts, timestampField: timestampField ?? "", createdTimestampColumn, path, pathAsWritten: path, format };
}
