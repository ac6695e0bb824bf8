import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";
import type { LineageKind } from "./lineage-data.ts";

/** What of a lineage stands in its address: the object in the middle, how far from it, as what, and what is searched. */
export const lineageParams = {
  focus: parseAsString,
  up: parseAsInteger,
  down: parseAsInteger,
  as: parseAsStringLiteral(["graph", "list"] as const),
  q: parseAsString.withDefault(""),
};

export const loadLineageAddress = createLoader(lineageParams);

const WORDS: Readonly<Record<string, LineageKind>> = { source: "data_source", view: "feature_view", service: "feature_service" };

/** `view:driver_stats`; null for what is no object's name, so that the whole project is shown. */
function parseFocus(text: string | null): { readonly kind: LineageKind; readonly name: string } | null {
  const colon = text?.indexOf(":") ?? -1;
  const kind = text === null ? undefined : WORDS[text.slice(0, colon)];
  return text === null || kind === undefined || colon === text.length - 1 ? null : { kind, name: text.slice(colon + 1) };
}

export function focusText(kind: LineageKind, name: string): string {
  const word = Object.keys(WORDS).find((each) => WORDS[each] === kind);
  return `${word}:${name}`;
}

export function lineageHref(kind: LineageKind, name: string): string {
  return `/lineage?focus=${encodeURIComponent(focusText(kind, name))}`;
}

interface Address {
  readonly focus: string | null;
  readonly up: number | null;
  readonly down: number | null;
}

export function lineageInput({ focus, up, down }: Address): Inputs["lineage"]["graph"] {
  const at = parseFocus(focus);
  const steps = (count: number | null) => (count === null ? undefined : Math.min(20, Math.max(0, count)));
  return { focus: at, upstream: at ? steps(up) : undefined, downstream: at ? steps(down) : undefined };
}
