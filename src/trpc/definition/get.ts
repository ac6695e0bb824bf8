import { definitionSnippet } from "../../define/index.ts";
import { authorizeRead } from "../authorize.ts";
import { requireDefinition } from "../definitions.ts";
import { projectProcedure } from "../init.ts";
import { withoutSecrets } from "../source/without-secrets.ts";
import { definitionInput } from "./edit-input.ts";

/** One definition of any kind, who manages it, and the same as TypeScript. */
export const getDefinition = projectProcedure.input(definitionInput).query(async ({ ctx, input }) => {
  const { definition: whole, managedBy, origin, updatedAt } = await requireDefinition(ctx, input.kind, input.name);
  const definition = whole.kind === "data_source" ? withoutSecrets(whole) : whole;
  await authorizeRead(ctx, "discover", { kind: definition.kind, name: definition.name });
  return { definition, managedBy, origin, updatedAt, typescript: definitionSnippet(definition) };
});
