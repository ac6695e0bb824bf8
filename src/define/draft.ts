import type { Definition } from "../domain/index.ts";
import type { Draft } from "./handle.ts";
import type { OptionReader } from "./option-reader.ts";

/** The draft of what was read. `definition` null: too much is missing for others to build on. */
export function draftFrom<D extends Definition>(reader: OptionReader, definition: D | null, references: readonly object[] = []): Draft<D> {
  const { label, site, mistakes } = reader;
  return { definition: definition === null ? null : Object.freeze(definition), label, site, mistakes, references };
}
