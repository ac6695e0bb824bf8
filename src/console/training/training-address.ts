import { createLoader, parseAsInteger, parseAsString } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";

/** What of the list of training sets stands in its address. */
export const trainingParams = { q: parseAsString.withDefault(""), page: parseAsInteger.withDefault(1) };

export const loadTrainingAddress = createLoader(trainingParams);

export function trainingInput({ q, page }: Awaited<ReturnType<typeof loadTrainingAddress>>): NonNullable<Inputs["trainingSet"]["list"]> {
  return { text: q, page: Math.max(1, page) };
}
