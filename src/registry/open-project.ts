import { LarderError } from "../kit/index.ts";
import type { Project, Registry, RegistrySnapshot } from "./port.ts";

/** The project's registry as it is now. Throws not_found naming the projects there are. */
export async function openProject(registry: Pick<Registry, "snapshot" | "listProjects">, name: string): Promise<RegistrySnapshot> {
  return (await registry.snapshot(name)) ?? noSuchProject(registry, name);
}

/** The project of this name. Throws not_found naming the projects there are. */
export async function requireProject(registry: Pick<Registry, "findProject" | "listProjects">, name: string): Promise<Project> {
  return (await registry.findProject(name)) ?? noSuchProject(registry, name);
}

async function noSuchProject(registry: Pick<Registry, "listProjects">, name: string): Promise<never> {
  const names = (await registry.listProjects()).map((project) => project.name);
  throw new LarderError("not_found", `There is no project ${name}.`, {
    hint: names.length === 0 ? "Apply a feature repo first: larder apply." : `There are: ${names.join(", ")}.`,
  });
}
