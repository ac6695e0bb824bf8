import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Actor } from "../domain/index.ts";
import { LarderError, ulid } from "../kit/index.ts";
import { requireProject } from "../registry/index.ts";
import type { SavedUpload, TrainingDeps, Upload } from "./port.ts";
import { uploadFile, uploadRecord } from "./training-files.ts";

const UPLOAD_BYTES_MAX = 200_000_000;
const HEAD_ROWS = 20;

export interface SaveUploadInput {
  readonly actor: Actor;
  readonly project: string;
  readonly fileName: string;
  readonly content: AsyncIterable<Uint8Array>;
  /** Files larger than this are refused; UPLOAD_BYTES_MAX unless given. */
  readonly bytesMax?: number;
}

type UploadDeps = Pick<TrainingDeps, "registry" | "offline" | "authorizer" | "clock" | "trainingDirectory">;

/**
 * Writes a file of entity rows to disk as it comes in, and looks into it. Throws invalid_argument for what is no file of rows, too large or
 * empty; nothing of it is kept then. No audit row: nothing is shared until a training set uses it.
 */
export async function saveUpload(deps: UploadDeps, input: SaveUploadInput): Promise<SavedUpload> {
  const { actor, project, fileName } = input;
  await requireProject(deps.registry, project);
  await deps.authorizer.authorize({ actor, action: "read_values", resource: { project, kind: "project", name: project, team: null } });
  const upload = ulid(Number(deps.clock.now() / 1000n), (count) => crypto.getRandomValues(new Uint8Array(count)));
  const record = uploadRecord(deps.trainingDirectory, upload);
  await mkdir(dirname(record), { recursive: true });
  const arriving = `${record}.part`;
  try {
    const { bytes, sha256 } = await receive(arriving, input);
    const format = await formatOf(arriving, fileName);
    const { columns, rows, head } = await deps.offline.describeRows({ path: arriving, name: fileName, format }, HEAD_ROWS);
    if (rows === 0) throw new LarderError("invalid_argument", `${fileName} has no rows.`);
    const saved: Upload = { kind: "upload", upload, fileName, format, bytes, rows, sha256, columns: columns.map(({ name, type }) => ({ name, type })) };
    await rename(arriving, uploadFile(deps.trainingDirectory, saved));
    await writeFile(record, JSON.stringify(saved));
    return { upload: saved, head };
  } finally {
    await rm(arriving, { force: true });
  }
}

async function receive(
  path: string,
  { fileName, content, bytesMax = UPLOAD_BYTES_MAX }: SaveUploadInput,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength;
      hash.update(chunk);
      if (bytes <= bytesMax) return done(null, chunk);
      done(
        new LarderError("invalid_argument", `${fileName} is larger than ${Math.floor(bytesMax / 1_000_000)} MB.`, {
          hint: "Send it as Parquet, or put it where a data source can read it.",
        }),
      );
    },
  });
  await pipeline(content, measure, createWriteStream(path));
  if (bytes === 0) throw new LarderError("invalid_argument", `${fileName} is empty.`);
  return { bytes, sha256: hash.digest("hex") };
}

const TEXT_FORMATS: Readonly<Record<string, "csv" | "jsonl">> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".txt": "csv",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".json": "jsonl",
};

/** Parquet says so itself; of text the ending tells. */
async function formatOf(path: string, fileName: string): Promise<Upload["format"]> {
  const file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0).finally(() => file.close());
  if (bytesRead === 4 && buffer.toString("latin1") === "PAR1") return "parquet";
  const format = TEXT_FORMATS[extname(fileName).toLowerCase()];
  if (format !== undefined && !buffer.includes(0)) return format;
  throw new LarderError("invalid_argument", `${fileName} is no file of rows.`, { hint: "Parquet (.parquet), CSV (.csv) and JSON lines (.jsonl) work." });
}
