import { createLoader, parseAsInteger, parseAsString } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";

export const qualityParams = { q: parseAsString.withDefault(""), page: parseAsInteger.withDefault(1) };

export const loadQualityAddress = createLoader(qualityParams);

export function qualityInput({ q, page }: Awaited<ReturnType<typeof loadQualityAddress>>): NonNullable<Inputs["quality"]["list"]> {
  return { text: q, page: Math.max(1, page) };
}
