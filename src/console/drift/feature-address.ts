import { createLoader, createParser, parseAsString } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";
import { windowParam } from "./windows.ts";

const parseAsWindow = createParser<Date>({
  parse: (text) => (Number.isNaN(Date.parse(text)) ? null : new Date(text)),
  serialize: windowParam,
  eq: (a, b) => a.getTime() === b.getTime(),
});

export const driftFeatureParams = {
  /** Where the window begins; absent: the newest. */
  window: parseAsWindow,
  /** Column that the rows are divided by; absent: the one that explains most. */
  by: parseAsString,
};

export const loadDriftFeatureAddress = createLoader(driftFeatureParams);

export function driftFeatureInput(view: string, feature: string, { window }: { readonly window: Date | null }): Inputs["drift"]["feature"] {
  return { view, feature, window };
}
