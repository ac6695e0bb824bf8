import type { Logger, Transactor } from "../kit/index.ts";
import type { Project, Registry } from "../registry/index.ts";
import type { OnlineStores } from "./port.ts";

export interface RetireDeps {
  readonly registry: Registry;
  readonly onlineStores: OnlineStores;
  readonly transactor: Transactor;
  readonly logger: Logger;
}

/**
 * Removes the online rows of versions that nothing reads any more: of removed views, and older than the ready one. The number of rows
 * removed. A project whose store is out of reach is logged and left for the next time; the others go on.
 */
export async function retireVersions(deps: RetireDeps): Promise<number> {
  let removed = 0;
  for (const project of await deps.registry.listProjects()) {
    try {
      removed += await retireInProject(deps, project);
    } catch (error) {
      deps.logger.warn({ project: project.name, error: (error as Error).message }, "rows of retired versions stay online for now");
    }
  }
  return removed;
}

async function retireInProject({ registry, onlineStores, transactor, logger }: RetireDeps, project: Project): Promise<number> {
  const versions = await registry.retirableVersions(project.name, project.settings.onlineStore.type);
  if (versions.length === 0) return 0;
  const rows = await onlineStores.forProject(project).drop(versions.map(({ versionId }) => ({ project: project.onlineId, version: versionId })));
  await transactor.transact((tx) =>
    registry.markRetired(
      tx,
      versions.map(({ versionId }) => versionId),
    ),
  );
  logger.info({ project: project.name, views: [...new Set(versions.map(({ view }) => view))], rows }, "removed online rows of retired versions");
  return rows;
}
