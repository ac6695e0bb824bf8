import type { FastifyInstance } from "fastify";
import { LarderError, stringifyJsonExact } from "../../kit/index.ts";
import { type AskedSpec, saveUpload, startHistoricalFeatures, startTrainingSet } from "../../training/index.ts";
import { document, schemas } from "../api-schemas.ts";
import { type HistoricalFeaturesBody, historicalFeaturesBody, readBody } from "../bodies.ts";
import type { HttpDeps, RouteOptions } from "../port.ts";
import { projectOf } from "../project-of.ts";

/** Joins that take longer than a request: the answer is a run, its result a file to fetch when it has succeeded. */
export function historicalFeaturesRoutes(app: FastifyInstance, deps: HttpDeps, options: RouteOptions): void {
  const schema = document(options, {
    summary: "Join features to entity rows as they were at each row's time: starts a run whose result is a file",
    body: historicalFeaturesBody,
    answers: schemas.startedJoin,
    fails: [400, 403, 404, 413, 422, 503],
  });
  app.post("/get-historical-features", { schema }, async (request) => {
    const body = readBody(historicalFeaturesBody, request.body);
    const who = { actor: deps.actor, project: await projectOf(request, deps) };
    const { run, joined } = await start(deps, who, body);
    return { run: run.id, state: run.state, joined, status: `/runs/${run.id}`, download: `/runs/${run.id}/download` };
  });
  // Nobody waits for this: routes are known before the server listens.
  void app.register(async (scope) => uploadRoute(scope, deps, options));
}

interface Who {
  readonly actor: HttpDeps["actor"];
  readonly project: string;
}

async function start(deps: HttpDeps, who: Who, body: HistoricalFeaturesBody) {
  const ways = [body.training_set, body.entities, body.entity_rows, body.entity_source].filter((one) => one !== undefined && one !== null);
  if (ways.length !== 1) {
    throw new LarderError("invalid_argument", "Say which entity rows: entities, entity_rows, entity_source or a training_set, one of them.");
  }
  if (body.training_set) {
    if (body.features || body.feature_service)
      throw new LarderError("invalid_argument", "A training set has its features: leave features and feature_service out.");
    return startTrainingSet(deps.training, { ...who, name: body.training_set });
  }
  const spec: AskedSpec = {
    entityRows: await entityRowsOf(deps, who, body),
    eventTimestampColumn: body.event_timestamp_column,
    features: body.features ?? null,
    service: body.feature_service ?? null,
    fullFeatureNames: body.full_feature_names,
    knownAtDelaySeconds: body.known_at_delay_seconds ?? null,
    keyMap: body.key_map ?? {},
  };
  return startHistoricalFeatures(deps.training, { ...who, spec });
}

async function entityRowsOf(deps: HttpDeps, who: Who, { entities, entity_rows, entity_source }: HistoricalFeaturesBody): Promise<AskedSpec["entityRows"]> {
  if (entity_source) return { kind: "source", ...entity_source };
  if (entity_rows) return { kind: "upload", upload: entity_rows };
  const { upload } = await saveUpload(deps.training, { ...who, fileName: "entities.jsonl", content: jsonLines(entities ?? {}) });
  return { kind: "upload", upload: upload.upload };
}

const LINES_EACH = 1_000;

/** Columns as JSON lines. Throws invalid_argument naming a column that is shorter or longer than the first. */
async function* jsonLines(columns: Readonly<Record<string, readonly unknown[]>>): AsyncGenerator<Uint8Array> {
  const entries = Object.entries(columns);
  const rows = entries[0]?.[1].length ?? 0;
  const ragged = entries.find(([, values]) => values.length !== rows);
  if (ragged) throw new LarderError("invalid_argument", `entities.${ragged[0]}: expected ${rows} values as in ${entries[0]?.[0]}, got ${ragged[1].length}.`);
  for (let start = 0; start < rows; start += LINES_EACH) {
    const some = Array.from({ length: Math.min(LINES_EACH, rows - start) }, (_, at) =>
      Object.fromEntries(entries.map(([name, values]) => [name, values[start + at]])),
    );
    yield Buffer.from(some.map((row) => `${stringifyJsonExact(row)}\n`).join(""));
  }
}

const FILE_TYPES = ["text/csv", "application/vnd.apache.parquet", "application/x-ndjson", "application/octet-stream"];
const UPLOAD_BYTES_MAX = 200_000_000;

/** A file goes to disk as it comes in: it may be larger than what a JSON body may be. */
async function uploadRoute(app: FastifyInstance, deps: HttpDeps, options: RouteOptions): Promise<void> {
  app.addContentTypeParser(FILE_TYPES, (_request, payload, done) => done(null, payload));
  const schema = {
    ...document(options, {
      summary: "Send a file of entity rows (CSV, Parquet, JSON lines) to join features to",
      answers: schemas.upload,
      fails: [400, 403, 413, 503],
    }),
    consumes: FILE_TYPES,
    querystring: {
      type: "object",
      properties: { file_name: { type: "string", description: "Its ending tells the format: orders.csv" } },
      required: ["file_name"],
    },
  };
  app.post("/entity-rows", { schema, bodyLimit: UPLOAD_BYTES_MAX }, async (request) => {
    const { file_name: fileName } = request.query as { readonly file_name?: string };
    if (!fileName) throw new LarderError("invalid_argument", "file_name: expected the file's name in the query, but it is missing.");
    const content = request.body as AsyncIterable<Uint8Array> | undefined;
    if (content === undefined || !(Symbol.asyncIterator in Object(content))) {
      throw new LarderError("invalid_argument", "The body is no file.", { hint: `Send it as ${FILE_TYPES.join(" or ")}.` });
    }
    const { upload } = await saveUpload(deps.training, { actor: deps.actor, project: await projectOf(request, deps), fileName: fileName.slice(-200), content });
    return { entity_rows: upload.upload, rows: upload.rows, bytes: upload.bytes, columns: upload.columns };
  });
}
