import type { Actor, Authorizer } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import { type Around, graphAround, type LineageGraph, lineageGraph } from "./lineage-graph.ts";
import type { Registry } from "./port.ts";

export type { LineageEdge, LineageGraph, LineageNode } from "./lineage-graph.ts";

export interface LineageDeps {
  readonly registry: Pick<Registry, "lineage">;
  readonly authorizer: Authorizer;
}

export interface ReadLineageInput {
  readonly actor: Actor;
  readonly project: string;
  /** null: the whole project. */
  readonly around: Around | null;
}

/** A graph of more nodes than this is no picture: then its size is all there is. */
const NODES_MAX = 1_500;

/** Where rows come from and where they go. `total` counts the project's nodes; `graph` is null when the part asked for is too large to draw. Throws not_found for an unknown focus. */
export async function readLineage(
  { registry, authorizer }: LineageDeps,
  { actor, project, around }: ReadLineageInput,
): Promise<{ readonly total: number; readonly graph: LineageGraph | null }> {
  await authorizer.authorize({ actor, action: "discover", resource: { project, kind: "project", name: project, team: null } });
  const whole = lineageGraph(await registry.lineage(project));
  const part = around === null ? whole : graphAround(whole, around);
  if (part === null) {
    throw new LarderError("not_found", `There is no ${around?.focus.replace(":", " ").replace("_", " ")} in ${project}.`, {
      hint: "It may have been removed or renamed.",
    });
  }
  return { total: whole.nodes.length, graph: part.nodes.length > NODES_MAX ? null : part };
}
