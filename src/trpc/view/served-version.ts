import type { VersionRecord } from "../../registry/index.ts";
import type { ProjectContext } from "../init.ts";

/** The version that the project's online store serves, the newest one before any is ready; null without any. */
export async function servedVersion({ runtime, project }: ProjectContext, view: string): Promise<VersionRecord | null> {
  const versions = await runtime.registry.versions(project.name, view);
  return versions.findLast(({ readyAt }) => readyAt[project.settings.onlineStore.type] !== undefined) ?? versions.at(-1) ?? null;
}
