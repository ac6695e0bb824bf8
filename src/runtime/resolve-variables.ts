import { LarderError } from "../kit/index.ts";

/** Puts the environment's values in the place of `${VAR}`. Throws failed_precondition naming an unset one and what needs it. */
export function resolveVariables(text: string, variables: Readonly<Record<string, string | undefined>>, what: string): string {
  return text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_whole, name: string) => {
    const value = variables[name];
    if (value === undefined || value === "") {
      throw new LarderError("failed_precondition", `${what} needs the environment variable ${name}, which is not set.`, {
        hint: `Set ${name} and start again.`,
      });
    }
    return value;
  });
}
