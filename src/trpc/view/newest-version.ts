import type { ViewVersion } from "../../domain/index.ts";
import { LarderError } from "../../kit/index.ts";
import type { ProjectContext } from "../init.ts";

/** The newest version of a view: what its source and transform give now. */
export async function newestVersion({ runtime, project }: ProjectContext, view: string): Promise<ViewVersion> {
  const newest = (await runtime.registry.versions(project.name, view)).at(-1);
  if (!newest) throw new LarderError("not_found", `There is no feature view ${view} in ${project.name}.`);
  return newest.version;
}
