import { type Logger, loggedError } from "../kit/index.ts";
import type { Project, Registry } from "../registry/index.ts";

interface Round {
  /** What is done, for the log. */
  readonly name: string;
  /** Aborted: the projects that are left come in the next round. */
  readonly signal?: AbortSignal;
}

/**
 * Does it for every project. One that fails is logged and keeps no other from its turn; the first is another one each time, so that
 * none is always last when time is short.
 */
export async function forEachProject(
  { registry, logger }: { readonly registry: Pick<Registry, "listProjects">; readonly logger: Logger },
  { name, signal }: Round,
  work: (project: Project) => Promise<void>,
): Promise<void> {
  const projects = await registry.listProjects();
  const first = Math.floor(Math.random() * projects.length);
  for (const project of [...projects.slice(first), ...projects.slice(0, first)]) {
    if (signal?.aborted) return;
    try {
      await work(project);
    } catch (error) {
      if (signal?.aborted) return;
      logger.warn({ work: name, project: project.name, ...loggedError(error) }, "background work on a project failed; the next round tries again");
    }
  }
}
