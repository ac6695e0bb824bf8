import type { FastifyRequest } from "fastify";
import { chooseProject } from "./choose-project.ts";
import type { HttpDeps } from "./port.ts";

/** The project that a request is about. Throws as chooseProject does. */
export function projectOf(request: FastifyRequest, { defaultProject, serve }: HttpDeps): string | Promise<string> {
  const { project } = request.params as { readonly project?: string }; // of the prefix /p/:project
  return chooseProject({ path: project, header: request.headers["larder-project"], default: defaultProject, all: () => serve.snapshots.projects() });
}
