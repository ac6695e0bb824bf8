import type { DataSource, FeatureView } from "../../../domain/index.ts";
import type { VersionRecord } from "../../port.ts";
import { toViewVersion } from "./rows.ts";
import type { Client } from "./transactor.ts";

/** All versions that ever were of a view of this name, oldest first; those of a removed view have no source and are not online. */
export async function readVersionHistory(client: Client, project: string, name: string): Promise<readonly VersionRecord[]> {
  const rows = await client.viewVersion.findMany({
    where: { project: { name: project }, view: name },
    orderBy: { number: "asc" },
    include: { online: { where: { readyAt: { not: null } } } },
  });
  const view = (await readBody(client, project, "feature_view", name)) as FeatureView | null;
  const source = view === null ? null : ((await readBody(client, project, "data_source", view.source)) as DataSource | null);
  return rows.map((row) => ({
    version: row.viewId === null ? toViewVersion(row, project, null, null) : toViewVersion(row, project, view, source),
    fingerprint: row.fingerprint,
    createdAt: row.createdAt,
    readyAt: Object.fromEntries(row.online.flatMap(({ store, readyAt }) => (readyAt === null ? [] : [[store, readyAt]]))),
  }));
}

async function readBody(client: Client, project: string, kind: string, name: string): Promise<unknown> {
  const row = await client.definition.findFirst({ where: { project: { name: project }, kind, name }, select: { body: true } });
  return row?.body ?? null;
}

/** Names of the services with a projection of this view, in order. */
export async function readServicesOf(client: Client, project: string, view: string): Promise<readonly string[]> {
  const reads = JSON.stringify([{ view }]);
  const rows = await client.$queryRaw<{ name: string }[]>`
    SELECT d.name FROM definition d JOIN project p ON p.id = d.project_id
    WHERE p.name = ${project} AND d.kind = 'feature_service' AND d.body->'projections' @> ${reads}::jsonb ORDER BY d.name`;
  return rows.map(({ name }) => name);
}
