import { createHash, randomBytes } from "node:crypto";
import type { DataSource, Entity, FeatureView, LocatedDefinition, ViewSpec } from "../../../domain/index.ts";
import { viewSpec, viewSpecFingerprint } from "../../../domain/index.ts";
import { LarderError } from "../../../kit/index.ts";
import type { Project, RegistryCommit } from "../../port.ts";
import { writeEntries } from "./catalog-entries.ts";
import { definitionColumns, type ProjectRow, toProject } from "./rows.ts";
import type { Client } from "./transactor.ts";

export const REGISTRY_CHANNEL = "larder_registry";

/** Rows of one statement; bounds the size of what is sent at once. */
const CHUNK = 1_000;

/**
 * Writes one apply in the caller's transaction. The first statement takes the project's row at the expected revision: of two at once, one
 * waits for the other and then finds another revision.
 */
export async function commitDefinitions(client: Client, commit: RegistryCommit): Promise<Project> {
  const row = await takeRevision(client, commit);
  await removeDefinitions(client, row.id, commit.removals);
  await upsertDefinitions(client, row.id, commit);
  for (const part of chunks(commit.upserts)) {
    await writeEntries(
      client,
      row.id,
      part.map(({ definition }) => definition),
    );
  }
  await addVersions(client, row.id, commit.upserts);
  await notifyChange(client, row.name);
  return toProject(row);
}

/** Watchers hear of it when the transaction commits. */
export async function notifyChange(client: Client, project: string): Promise<void> {
  await client.$executeRaw`SELECT pg_notify(${REGISTRY_CHANNEL}, ${project})`;
}

async function takeRevision(client: Client, { project, settings, expectedRevision }: RegistryCommit): Promise<ProjectRow> {
  const json = JSON.stringify(settings);
  // revision 0: the project may not exist yet
  const rows =
    expectedRevision === 0
      ? await client.$queryRaw<ProjectRow[]>`
          INSERT INTO project AS p (name, online_id, settings, revision, serving_revision, updated_at)
          VALUES (${project}, ${newOnlineId()}, ${json}::jsonb, 1, 1, now())
          ON CONFLICT (name) DO UPDATE SET settings = EXCLUDED.settings, revision = 1, serving_revision = p.serving_revision + 1, updated_at = now()
          WHERE p.revision = 0
          RETURNING id, online_id AS "onlineId", name, revision, serving_revision AS "servingRevision", settings`
      : await client.$queryRaw<ProjectRow[]>`
          UPDATE project SET settings = ${json}::jsonb, revision = revision + 1, serving_revision = serving_revision + 1, updated_at = now()
          WHERE name = ${project} AND revision = ${expectedRevision}
          RETURNING id, online_id AS "onlineId", name, revision, serving_revision AS "servingRevision", settings`;
  const [row] = rows;
  if (row === undefined) {
    throw new LarderError("conflict", `Project ${project} was changed by someone else meanwhile: it is no longer at revision ${expectedRevision}.`, {
      hint: "Run `larder plan` again, look at what would change now, then apply.",
    });
  }
  return row;
}

/** Ten characters that no key layout or glob could trip over. */
function newOnlineId(): string {
  return BigInt(`0x${randomBytes(8).toString("hex")}`)
    .toString(36)
    .slice(-10)
    .padStart(10, "0");
}

async function removeDefinitions(client: Client, projectId: number, removals: RegistryCommit["removals"]): Promise<void> {
  for (const part of chunks(removals)) {
    await client.$executeRaw`
      DELETE FROM definition d USING jsonb_to_recordset(${JSON.stringify(part)}::jsonb) AS r(kind text, name text)
      WHERE d.project_id = ${projectId} AND d.kind = r.kind AND d.name = r.name`;
  }
}

/** A definition that only moved to another line keeps its time of update. */
async function upsertDefinitions(client: Client, projectId: number, { upserts, managedBy }: RegistryCommit): Promise<void> {
  for (const part of chunks(upserts)) {
    const rows = JSON.stringify(part.map(definitionColumns));
    await client.$executeRaw`
      INSERT INTO definition AS d (project_id, kind, name, body, managed_by, file, line, description, owner, team, tags, type, updated_at)
      SELECT ${projectId}, r.kind, r.name, r.body, ${managedBy}, r.file, r.line, r.description, r.owner, r.team, r.tags, r.type, now()
      FROM jsonb_to_recordset(${rows}::jsonb)
        AS r(kind text, name text, body jsonb, file text, line int, description text, owner text, team text, tags text[], type text)
      ON CONFLICT (project_id, kind, name) DO UPDATE SET
        body = EXCLUDED.body, managed_by = EXCLUDED.managed_by, file = EXCLUDED.file, line = EXCLUDED.line, description = EXCLUDED.description,
        owner = EXCLUDED.owner, team = EXCLUDED.team, tags = EXCLUDED.tags, type = EXCLUDED.type,
        updated_at = CASE WHEN d.body = EXCLUDED.body AND d.managed_by = EXCLUDED.managed_by THEN d.updated_at ELSE now() END`;
  }
}

interface ReachedView {
  readonly id: number;
  readonly body: FeatureView;
}

/** A new version for every view that these definitions reach (themselves, their entities or their source) and whose spec is another now. */
async function addVersions(client: Client, projectId: number, upserts: readonly LocatedDefinition[]): Promise<void> {
  const names = (kind: string) => upserts.flatMap(({ definition }) => (definition.kind === kind ? [definition.name] : []));
  const views = await client.$queryRaw<ReachedView[]>`
    SELECT id, body FROM definition WHERE project_id = ${projectId} AND kind = 'feature_view'
      AND (name = ANY(${names("feature_view")}) OR body->>'source' = ANY(${names("data_source")}) OR body->'entities' ?| ${names("entity")})`;
  if (views.length === 0) return;
  const others = await client.$queryRaw<{ body: Entity | DataSource }[]>`
    SELECT body FROM definition WHERE project_id = ${projectId} AND kind IN ('entity', 'data_source')`;
  const entities = new Map(others.flatMap(({ body }) => (body.kind === "entity" ? [[body.name, body]] : [])));
  const sources = new Map(others.flatMap(({ body }) => (body.kind === "data_source" ? [[body.name, body]] : [])));
  for (const part of chunks(views)) {
    const rows = part.map(({ id, body }) => {
      const spec = specOf(body, entities, sources);
      return { view_id: id, view: body.name, spec, fingerprint: createHash("sha256").update(viewSpecFingerprint(spec)).digest("hex") };
    });
    await insertChangedVersions(client, projectId, JSON.stringify(rows));
  }
}

function specOf(view: FeatureView, entities: ReadonlyMap<string, Entity>, sources: ReadonlyMap<string, DataSource>): ViewSpec {
  const source = sources.get(view.source);
  const own = view.entities.flatMap((name) => entities.get(name) ?? []);
  if (source === undefined || own.length !== view.entities.length) {
    throw new LarderError("invalid_definition", `Feature view ${view.name} refers to an entity or a data source that is not defined.`);
  }
  return viewSpec(view, own, source);
}

/** Going back to an earlier spec is a version too: its rows of then are gone or old. A view made anew goes on counting where it was. */
async function insertChangedVersions(client: Client, projectId: number, rows: string): Promise<void> {
  await client.$executeRaw`
    INSERT INTO view_version (project_id, view_id, view, number, fingerprint, spec)
    SELECT ${projectId}, r.view_id, r.view, coalesce(newest.number, 0) + 1, r.fingerprint, r.spec
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(view_id int, view text, fingerprint text, spec jsonb)
    LEFT JOIN LATERAL (
      SELECT v.number, v.view_id, v.fingerprint FROM view_version v
      WHERE v.project_id = ${projectId} AND v.view = r.view ORDER BY v.number DESC LIMIT 1
    ) AS newest ON true
    WHERE newest.view_id IS DISTINCT FROM r.view_id OR newest.fingerprint IS DISTINCT FROM r.fingerprint`;
}

function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += CHUNK) yield items.slice(start, start + CHUNK);
}
