import { createLoader, parseAsInteger, parseAsString } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";

export const expiryParams = { q: parseAsString.withDefault(""), page: parseAsInteger.withDefault(1) };

export const loadExpiryAddress = createLoader(expiryParams);

export function expiryInput({ q, page }: Awaited<ReturnType<typeof loadExpiryAddress>>): NonNullable<Inputs["monitor"]["expiry"]> {
  return { text: q, page: Math.max(1, page) };
}
