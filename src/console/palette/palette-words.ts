const VERB = "materialize";
const LETTERS_MIN = 3;

export interface PaletteWords {
  /** The name to look for in the catalog. */
  readonly name: string;
  /** The words ask to materialize: only views that can be are of interest. */
  readonly wantsMaterialize: boolean;
}

/** `mat driver` looks for views called driver to materialize; `match_rate` is just a name. */
export function paletteWords(text: string): PaletteWords {
  const [first = "", ...rest] = text.trim().split(/\s+/);
  const isVerb = first.length >= LETTERS_MIN && VERB.startsWith(first.toLowerCase());
  if (!isVerb) return { name: text.trim(), wantsMaterialize: false };
  return { name: rest.join(" "), wantsMaterialize: true };
}

/** Whether every word occurs in the name. */
export function matchesWords(name: string, text: string): boolean {
  const lower = name.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}
