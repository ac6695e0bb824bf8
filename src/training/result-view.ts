import type { FileFormat, ValueType, ViewVersion } from "../domain/index.ts";
import type { OfflineStore, RowFileDescription } from "../offline/index.ts";

type Typed = RowFileDescription["columns"][number] & { readonly type: ValueType };

/**
 * A result read as if it were a view without entities, so that the profile of a view serves for the columns of a file. Columns without a
 * type of Larder's are left out.
 */
function resultAsView(path: string, { columns }: RowFileDescription, eventTimestampColumn: string, format: FileFormat = "parquet"): ViewVersion {
  const typed = columns.filter((column): column is Typed => column.type !== null);
  const times = { timestampField: eventTimestampColumn, createdTimestampColumn: null };
  const source = {
    kind: "data_source",
    type: "file",
    name: "result",
    path,
    pathAsWritten: path,
    format,
    description: "",
    owner: null,
    tags: {},
    ...times,
  } as const;
  return {
    joinKeys: [],
    features: typed.map(({ name, type }) => ({ name, column: name, type })),
    source: { name: "result", type: "file", ...times, query: null, batch: null },
    transform: null,
    project: "",
    view: "result",
    versionId: "",
    versionNumber: 0,
    ttlSeconds: null,
    batchSource: source,
    online: false,
  };
}

export interface ResultStatistics {
  readonly profiles: Awaited<ReturnType<OfflineStore["profile"]>>;
  readonly head: RowFileDescription["head"];
}

const HEAD_ROWS = 50;

/** Figures of each column of a result, and its first rows. */
export async function resultStatistics(
  offline: Pick<OfflineStore, "describeRows" | "profile">,
  path: string,
  eventTimestampColumn: string,
): Promise<ResultStatistics> {
  const described = await offline.describeRows({ path, format: "parquet" }, HEAD_ROWS);
  const view = resultAsView(path, described, eventTimestampColumn);
  const profiles = await offline.profile(
    view,
    view.features.map(({ name }) => name),
  );
  const rows = described.head.rows.map((row) => row.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value)));
  return { profiles, head: { ...described.head, rows } };
}
