import { LarderError } from "../kit/index.ts";

export interface ProjectChoice {
  /** From the path, `/p/<project>/…`. */
  readonly path: string | undefined;
  /** From the header `Larder-Project`. */
  readonly header: string | readonly string[] | undefined;
  readonly default: string | null;
  /** All projects there are; asked only when nothing else decides. */
  readonly all: () => Promise<readonly string[]>;
}

/** The project a request is about: its path, else its header, else the default, else the only one. Throws invalid_argument that lists the choices. */
export function chooseProject({ path, header, default: fallback, all }: ProjectChoice): string | Promise<string> {
  if (path !== undefined) return path;
  if (typeof header === "string" && header !== "") return header;
  return fallback ?? onlyProject(all);
}

async function onlyProject(all: ProjectChoice["all"]): Promise<string> {
  const names = await all();
  const [only] = names;
  if (only === undefined) throw new LarderError("not_found", "There is no project yet.", { hint: "Run `larder apply` in a feature repo." });
  if (names.length === 1) return only;
  const some = names.slice(0, 20).join(", ");
  throw new LarderError("invalid_argument", `Which project? There are ${names.length}: ${some}.`, {
    hint: `Ask at /p/${only}/…, or send the header Larder-Project.`,
  });
}
