import { LarderError } from "../kit/index.ts";
import { resolveVariables } from "./resolve-variables.ts";

/** What Larder itself is set up by: whoever may write an alert channel is not thereby given the database. */
const OWN = /^(?:DATABASE_URL|REDIS_URL|KAFKA_BROKERS|LARDER_\w*)$/;

/** Resolves `${VAR}` of alert channels, whose texts leave for other machines. Throws failed_precondition for an unset one, and for those of Larder. */
export function resolveForChannel(text: string, variables: Readonly<Record<string, string | undefined>>): string {
  const own = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name).find((name) => OWN.test(name));
  if (own === undefined) return resolveVariables(text, variables, "an alert channel");
  throw new LarderError("failed_precondition", `An alert channel may not use ${own}: it is a setting of Larder itself.`, {
    hint: "Put what the channel needs into a variable of its own.",
  });
}
