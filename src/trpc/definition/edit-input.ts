import { z } from "zod";
import { consoleDefinitionSchema, type Definition } from "../../domain/index.ts";

const KINDS = ["entity", "data_source", "feature_view", "feature_service"] as const;

/** The state that an edit started from. It is only ever compared with what the registry holds, so nothing of it is written anywhere. */
const baseSchema = z.looseObject({ kind: z.enum(KINDS), name: z.string() }).transform((base) => base as unknown as Definition);

export const editInput = z.discriminatedUnion("action", [
  z.object({ action: z.literal("save"), definition: consoleDefinitionSchema, base: baseSchema.nullable() }),
  z.object({ action: z.literal("remove"), base: baseSchema }),
]);

export const definitionInput = z.object({ kind: z.enum(KINDS), name: z.string().min(1).max(128) });
