import { DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";

export interface Duckdb {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<DuckDBValue[][]>;
  close(): void;
}

export interface DuckdbOptions {
  readonly threads: number;
  readonly memoryMb: number;
  /** Where it may spill to. */
  readonly folder: string;
}

/** A DuckDB of the bench's own, to make data, to check answers, and as a reference. */
export async function openDuckdb({ threads, memoryMb, folder }: DuckdbOptions): Promise<Duckdb> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(threads),
    memory_limit: `${memoryMb}MB`,
    temp_directory: `${folder}/duckdb-spill`,
    autoinstall_known_extensions: "false",
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    run: async (sql) => void (await connection.run(sql)),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows(),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
