import type { PrismaClient } from "../../../../prisma/generated/client.ts";
import type { DataSource, Definition, Entity, FeatureService, FeatureView } from "../../../domain/index.ts";
import type { RegistrySnapshot, SnapshotView } from "../../port.ts";
import { type ProjectRow, toProject, toViewVersion, type VersionRow } from "./rows.ts";
import type { Client } from "./transactor.ts";

type PlacedVersion = VersionRow & { readonly isReady: boolean };

/** One project as serving needs it, all of one moment. Null when there is no such project. */
export async function readSnapshot(prisma: PrismaClient, name: string): Promise<RegistrySnapshot | null> {
  return prisma.$transaction(
    async (client) => {
      const row: ProjectRow | null = await client.project.findUnique({ where: { name } });
      if (row === null) return null;
      const project = toProject(row);
      const definitions = await client.$queryRaw<{ body: Definition }[]>`SELECT body FROM definition WHERE project_id = ${row.id} ORDER BY id`;
      const versions = await readVersions(client, row.id, project.settings.onlineStore.type);
      const { featureViews, ...kinds } = sortByKind(definitions.map(({ body }) => body));
      return { project, ...kinds, views: snapshotViews(name, featureViews, kinds.sources, versions) };
    },
    { isolationLevel: "RepeatableRead", maxWait: 10_000, timeout: 60_000 },
  );
}

/** For each view its newest version, and the newest that is ready in this store (often the same row). */
async function readVersions(client: Client, projectId: number, store: string): Promise<readonly PlacedVersion[]> {
  return client.$queryRaw<PlacedVersion[]>`
    WITH placed AS (
      SELECT v.id, v.view_id, v.number, o.ready_at IS NOT NULL AND v.retired_at IS NULL AS is_ready
      FROM view_version v LEFT JOIN online_state o ON o.version_id = v.id AND o.store = ${store}
      WHERE v.project_id = ${projectId} AND v.view_id IS NOT NULL
    ), chosen AS (
      SELECT max(number) AS newest, max(number) FILTER (WHERE is_ready) AS ready, view_id FROM placed GROUP BY view_id
    )
    SELECT v.id, v.view, v.number, v.spec, p.is_ready AS "isReady"
    FROM chosen c JOIN placed p ON p.view_id = c.view_id AND p.number IN (c.newest, c.ready) JOIN view_version v ON v.id = p.id`;
}

interface Kinds {
  readonly entities: Map<string, Entity>;
  readonly sources: Map<string, DataSource>;
  readonly services: Map<string, FeatureService>;
  readonly featureViews: readonly FeatureView[];
}

function sortByKind(definitions: readonly Definition[]): Kinds {
  const kinds = { entities: new Map<string, Entity>(), sources: new Map<string, DataSource>(), services: new Map<string, FeatureService>() };
  const featureViews: FeatureView[] = [];
  for (const definition of definitions) {
    switch (definition.kind) {
      case "entity":
        kinds.entities.set(definition.name, definition);
        break;
      case "data_source":
        kinds.sources.set(definition.name, definition);
        break;
      case "feature_service":
        kinds.services.set(definition.name, definition);
        break;
      case "feature_view":
        featureViews.push(definition);
        break;
    }
  }
  return { ...kinds, featureViews };
}

function snapshotViews(
  project: string,
  featureViews: readonly FeatureView[],
  sources: ReadonlyMap<string, DataSource>,
  versions: readonly PlacedVersion[],
): Map<string, SnapshotView> {
  const byView = new Map<string, PlacedVersion[]>();
  for (const version of versions) byView.set(version.view, [...(byView.get(version.view) ?? []), version]);
  const views = new Map<string, SnapshotView>();
  for (const view of featureViews) {
    const source = sources.get(view.source) ?? null;
    const [first, second] = byView.get(view.name) ?? [];
    if (first === undefined) continue;
    const newestRow = second !== undefined && second.number > first.number ? second : first;
    const readyRow = [first, second].find((row) => row?.isReady);
    const newest = toViewVersion(newestRow, project, view, source);
    const ready = readyRow === undefined ? null : readyRow === newestRow ? newest : toViewVersion(readyRow, project, view, source);
    views.set(view.name, { view, newest, ready });
  }
  return views;
}
