import { type DefinitionKind, definitionKey } from "../../domain/index.ts";

/** Something that is not the same in Feast. `warning`: it works differently there, or not at all; `comment`: Feast has no place for it. */
export interface FeastNote {
  readonly severity: "warning" | "comment";
  readonly kind: DefinitionKind;
  readonly name: string;
  readonly text: string;
}

export interface DraftObject {
  readonly kind: DefinitionKind;
  readonly name: string;
}

/** The Python file while it is written: imports, statements in order, and what is to be said about each object. */
export interface FeastDraft {
  readonly notes: FeastNote[];
  note(severity: FeastNote["severity"], about: DraftObject, text: string): void;
  /** Names to import; gives the first one. */
  uses(from: string, ...names: readonly [string, ...string[]]): string;
  usesModule(name: string): void;
  /** Adds the statements of an object; none: it is left out, and its notes say why. */
  add(about: DraftObject, ...statements: readonly string[]): void;
  /** Feast's names are equal when they differ in case only: false, with a note, for the second one. */
  claim(about: DraftObject): boolean;
  text(head: string): string;
}

export function feastDraft(): FeastDraft {
  const notes: FeastNote[] = [];
  const modules = new Set<string>();
  const imports = new Map<string, Set<string>>();
  const parts: { readonly about: DraftObject; readonly statements: readonly string[] }[] = [];
  const taken = new Map<string, string>();
  const note: FeastDraft["note"] = (severity, { kind, name }, text) => void notes.push({ severity, kind, name, text });
  return {
    notes,
    note,
    uses(from, ...names) {
      const known = imports.get(from) ?? new Set<string>();
      imports.set(from, known);
      for (const name of names) known.add(name);
      return names[0];
    },
    usesModule: (name) => void modules.add(name),
    add: (about, ...statements) => void parts.push({ about, statements }),
    claim(about) {
      const key = definitionKey(about).toLowerCase();
      const other = taken.get(key);
      taken.set(key, other ?? about.name);
      if (other === undefined) return true;
      note("warning", about, `left out: Feast cannot tell its name from ${other}.`);
      return false;
    },
    text(head) {
      const lines = [...[...modules].sort().map((name) => `import ${name}`), ...[...imports].sort(byKey).map(importLine)];
      const blocks = parts.map(({ about, statements }) => [...commentLines(notes, about), ...statements].join("\n"));
      return `${[head, lines.join("\n"), ...blocks].join("\n\n")}\n`;
    },
  };
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function importLine([from, names]: readonly [string, ReadonlySet<string>]): string {
  return `from ${from} import ${[...names].sort().join(", ")}`;
}

/** Texts of notes hold names, numbers and schedules only: nothing that could end a comment's line. */
function commentLines(notes: readonly FeastNote[], { kind, name }: DraftObject): readonly string[] {
  return notes.filter((note) => note.kind === kind && note.name === name).map(({ text }) => `# ${name}: ${text.replace(/\s+/g, " ")}`);
}
