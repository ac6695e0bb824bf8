import type { Logger, Transactor } from "../kit/index.ts";
import type { Registry } from "../registry/index.ts";
import type { OnlineStores } from "./port.ts";

export interface RetireDeps {
  readonly registry: Registry;
  readonly onlineStores: OnlineStores;
  readonly transactor: Transactor;
  readonly logger: Logger;
}

/** Removes the online rows of versions that nothing reads any more: of removed views, and older than the ready one. The number of rows removed. */
export async function retireVersions({ registry, onlineStores, transactor, logger }: RetireDeps): Promise<number> {
  let removed = 0;
  for (const project of await registry.listProjects()) {
    const store = onlineStores.forProject(project);
    const versions = await registry.retirableVersions(project.name, store.type);
    if (versions.length === 0) continue;
    const rows = await store.drop(versions.map(({ versionId }) => ({ project: project.onlineId, version: versionId })));
    await transactor.transact((tx) =>
      registry.markRetired(
        tx,
        versions.map(({ versionId }) => versionId),
      ),
    );
    logger.info({ project: project.name, views: [...new Set(versions.map(({ view }) => view))], rows }, "removed online rows of retired versions");
    removed += rows;
  }
  return removed;
}
