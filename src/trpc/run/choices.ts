import { projectProcedure } from "../init.ts";

/** What the project's runs can be told apart by, for filters. */
export const listRunChoices = projectProcedure.query(({ ctx }) => ctx.runtime.runLog.choices(ctx.project.name));
