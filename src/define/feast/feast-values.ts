import type { Tags } from "../../domain/index.ts";
import type { FeastDraft } from "./feast-draft.ts";
import { code, type PythonCode, type PythonValue, pythonCall } from "./python.ts";

interface Described {
  readonly description: string;
  readonly tags: Tags;
  readonly owner?: string | null;
}

/** Description, tags and owner as keyword arguments; what is empty is left out. */
export function describedArgs({ description, tags, owner }: Described): Readonly<Record<string, PythonValue | undefined>> {
  const sorted = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
  return { description: description || undefined, tags: sorted.length === 0 ? undefined : Object.fromEntries(sorted), owner: owner || undefined };
}

export function seconds(draft: FeastDraft, count: number): PythonCode {
  return code(pythonCall(draft.uses("datetime", "timedelta"), { seconds: count }));
}
