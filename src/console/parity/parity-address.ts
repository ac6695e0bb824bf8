import { createLoader, parseAsInteger, parseAsString } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";

export const parityParams = { q: parseAsString.withDefault(""), page: parseAsInteger.withDefault(1) };

export const loadParityAddress = createLoader(parityParams);

export function parityInput({ q, page }: Awaited<ReturnType<typeof loadParityAddress>>): Inputs["parity"]["list"] {
  return { text: q, page: Math.max(1, page) };
}
