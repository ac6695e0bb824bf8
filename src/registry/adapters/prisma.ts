import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { type Logger, withDatabaseErrors } from "../../kit/index.ts";
import type { Registry } from "../port.ts";
import { searchCatalog } from "./prisma/catalog.ts";
import { facetCounter } from "./prisma/catalog-facets.ts";
import { commitDefinitions } from "./prisma/commit.ts";
import { readLineageEntries } from "./prisma/lineage.ts";
import { findRetirableVersions, readOnlineState, retireVersions, writeOnlineState } from "./prisma/online-state.ts";
import { findMostRead } from "./prisma/overview.ts";
import { toDefinition, toProject } from "./prisma/rows.ts";
import { readSnapshot } from "./prisma/snapshot.ts";
import { clientOf } from "./prisma/transactor.ts";
import { readServicesOf, readVersionHistory } from "./prisma/versions.ts";
import { watchRegistry } from "./prisma/watch.ts";

export { prismaTransactor } from "./prisma/transactor.ts";

export interface PrismaRegistryOptions {
  readonly prisma: PrismaClient;
  /** For the connection that `watch` listens on. */
  readonly databaseUrl: string;
  readonly logger: Logger;
}

/** The registry in PostgreSQL. Every method rejects with `unavailable` while the database is down. */
export function prismaRegistry({ prisma, databaseUrl, logger }: PrismaRegistryOptions): Registry {
  const countFacets = facetCounter();
  return withDatabaseErrors<Registry>({
    async listProjects() {
      return (await prisma.project.findMany({ orderBy: { name: "asc" } })).map(toProject);
    },
    async findProject(name) {
      const row = await prisma.project.findUnique({ where: { name } });
      return row === null ? null : toProject(row);
    },
    async definitions(project) {
      return (await prisma.definition.findMany({ where: { project: { name: project } }, orderBy: { id: "asc" } })).map(toDefinition);
    },
    async definition(project, kind, name) {
      const row = await prisma.definition.findFirst({ where: { project: { name: project }, kind, name } });
      return row === null ? null : toDefinition(row);
    },
    commit: (tx, commit) => commitDefinitions(clientOf(tx), commit),
    snapshot: (project) => readSnapshot(prisma, project),
    watch: (onChange) => watchRegistry({ databaseUrl, logger, onChange }),
    catalog: (query) => searchCatalog(prisma, query),
    catalogFacets: (filter) => countFacets(prisma, filter),
    versions: (project, view) => readVersionHistory(prisma, project, view),
    servicesOf: (project, view) => readServicesOf(prisma, project, view),
    mostRead: (project, limit) => findMostRead(prisma, project, limit),
    lineage: (project) => readLineageEntries(prisma, project),
    onlineState: (versionId, store) => readOnlineState(prisma, versionId, store),
    saveOnlineState: (tx, project, state) => writeOnlineState(clientOf(tx), project, state),
    retirableVersions: (project, store) => findRetirableVersions(prisma, project, store),
    markRetired: (tx, versionIds) => retireVersions(clientOf(tx), versionIds),
  });
}
