import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { toJsonValue } from "../../domain/index.ts";
import { stringifyJsonExact, withDatabaseErrors } from "../../kit/index.ts";
import type { SampleStore, ServedSample } from "../sampling/port.ts";

/** Served samples in PostgreSQL; values as JSON text that keeps every digit. */
export function prismaSamples(prisma: PrismaClient): SampleStore {
  return withDatabaseErrors<SampleStore>({
    async rates() {
      return prisma.$queryRaw`SELECT p.name AS project, s.view, s.rate, s.rows_per_second_max AS "rowsPerSecondMax"
        FROM view_sampling s JOIN project p ON p.id = s.project_id`;
    },
    async add(samples) {
      const rows = stringifyJsonExact(samples.map(toRow));
      await prisma.$executeRaw`
        INSERT INTO served_sample (project_id, view, version_id, entity_key, served_at, status, event_time, created_time, ttl_seconds, features, "values")
        SELECT p.id, s.view, s.version, s.key, s.at, s.status, s.event, s.created, s.ttl, s.features, s."values"::json
        FROM json_to_recordset(${rows}::json) AS s(project text, view text, version int, key text, at bigint, status text, event bigint, created bigint,
          ttl bigint, features text[], "values" text)
        JOIN project p ON p.name = s.project`;
    },
  });
}

function toRow({ project, view, key, servedAt, status, event, created, features, values }: ServedSample) {
  const typeOf = new Map(view.features.map(({ name, type }) => [name, type]));
  return {
    project,
    view: view.view,
    version: Number(view.versionId),
    key: stringifyJsonExact(key.map((value, index) => toJsonValue(view.joinKeys[index]?.type ?? "string", value))),
    at: servedAt,
    status,
    event,
    created,
    ttl: view.ttlSeconds,
    features,
    // Text within text: PostgreSQL then never looks into strings that it could not hold.
    values: values && stringifyJsonExact(values.map((value, index) => toJsonValue(typeOf.get(features[index] ?? "") ?? "string", value))),
  };
}
