import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Redis } from "ioredis";

/* Larder's stored rows, read and written by hand: what the bare servers know by heart instead of looking it up. */

export interface BareConfig {
  readonly port: number;
  readonly store: { readonly type: "redis" | "sqlite"; readonly address: string };
  /** The project's name in the store. */
  readonly project: string;
  readonly views: readonly BareView[];
}

export interface BareView {
  readonly name: string;
  readonly version: string;
  readonly ttlMs: number;
  /** In the order of their names, as they lie in a row. */
  readonly features: readonly { readonly name: string; readonly type: string }[];
}

export function readConfig(): BareConfig {
  return JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as BareConfig;
}

/** Rows of these drivers of each view, in their order. */
type ReadRows = (ids: readonly number[], views: readonly BareView[]) => Promise<(Buffer | null)[][]>;

/** The rows of a project in its store. */
export interface StoredRows {
  readonly read: ReadRows;
  close(): void;
}

export function openRows({ store, project }: BareConfig): StoredRows {
  return store.type === "redis" ? redisRows(store.address, project) : sqliteRows(store.address, project);
}

/** The key of a driver: tag 4 for int64, then the number, big-endian with its sign flipped. */
function writeKey(target: Buffer, offset: number, id: number): void {
  target[offset] = 4;
  target.writeUInt32BE((Math.floor(id / 0x1_0000_0000) ^ 0x8000_0000) >>> 0, offset + 1);
  target.writeUInt32BE(id >>> 0, offset + 5);
}

const KEY_BYTES = 9;

/** The key of a driver as bytes of their own. */
export function driverKey(id: number): Buffer {
  const key = Buffer.alloc(KEY_BYTES);
  writeKey(key, 0, id);
  return key;
}

/** Where the null bits of a row begin: after its two times and the layout's id. */
export const BITMAP_AT = 17;

/** Bytes of a value in a row; of a string, of the place where its end is written. */
export const WIDTHS: Readonly<Record<string, number>> = { float32: 4, float64: 8, int32: 4, int64: 8, bool: 1, string: 4 };

export function redisKey(project: string, version: string, id: number): Buffer {
  const prefix = `L{${project}:`;
  const key = Buffer.alloc(prefix.length + KEY_BYTES + 1 + version.length);
  key.write(prefix, 0, "latin1");
  writeKey(key, prefix.length, id);
  key.write(`}${version}`, prefix.length + KEY_BYTES, "latin1");
  return key;
}

function redisRows(address: string, project: string): StoredRows {
  const redis = new Redis(address);
  const read: ReadRows = async (ids, views) => {
    const found = await redis.mgetBuffer(views.flatMap(({ version }) => ids.map((id) => redisKey(project, version, id))));
    return views.map((_, view) => found.slice(view * ids.length, (view + 1) * ids.length));
  };
  return { read, close: () => redis.disconnect() };
}

function sqliteRows(path: string, project: string): StoredRows {
  const database = new DatabaseSync(path, { readOnly: true });
  database.exec("PRAGMA mmap_size = 268435456");
  const spaces = new Map(
    database
      .prepare("SELECT version, id FROM spaces WHERE project = ?")
      .all(project)
      .map(({ version, id }) => [String(version), Number(id)]),
  );
  const one = database.prepare("SELECT value FROM online_rows WHERE space = ?1 AND key = ?2");
  one.setReturnArrays(true);
  const key = Buffer.alloc(KEY_BYTES);
  const read: ReadRows = async (ids, views) => {
    database.exec("BEGIN");
    const rows = views.map(({ version }) => {
      const space = spaces.get(version) ?? -1;
      return ids.map((id) => {
        writeKey(key, 0, id);
        const [value] = (one.get(space, key) as unknown as [Uint8Array] | undefined) ?? [];
        return value === undefined ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      });
    });
    database.exec("COMMIT");
    return rows;
  };
  return { read, close: () => database.close() };
}
