/** Every key of the console, in the order in which `?` shows them. */
export const SHORTCUTS = [
  { keys: ["⌘", "K"], text: "Find an object, page or action" },
  { keys: ["/"], text: "Go to the search of the page" },
  { keys: ["?"], text: "Show these keys" },
  { keys: ["g", "o"], text: "Overview", path: "/" },
  { keys: ["g", "c"], text: "Catalog", path: "/catalog" },
  { keys: ["g", "e"], text: "Entities", path: "/entities" },
  { keys: ["g", "d"], text: "Data sources", path: "/sources" },
  { keys: ["g", "s"], text: "Services", path: "/services" },
  { keys: ["g", "r"], text: "Runs", path: "/runs" },
  { keys: ["g", "t"], text: "Training sets", path: "/training-sets" },
  { keys: ["g", "m"], text: "Monitoring", path: "/monitoring" },
  { keys: ["g", "l"], text: "Look up", path: "/lookup" },
  { keys: ["g", "n"], text: "Lineage", path: "/lineage" },
  { keys: ["j"], text: "Next row" },
  { keys: ["k"], text: "Row before" },
  { keys: ["Enter"], text: "Open the row" },
  { keys: ["m"], text: "Materialize the view of the page" },
  { keys: ["Esc"], text: "Close what is open" },
] as const satisfies readonly Shortcut[];

interface Shortcut {
  readonly keys: readonly string[];
  readonly text: string;
  readonly path?: string;
}

/** What a key press asks for; `pending` is the first key of a pair that waits for its second. */
export type KeyOutcome =
  | { readonly kind: "none" }
  | { readonly kind: "pending"; readonly key: string }
  | { readonly kind: "palette" }
  | { readonly kind: "help" }
  | { readonly kind: "search" }
  | { readonly kind: "go"; readonly path: string }
  | { readonly kind: "row"; readonly step: 1 | -1 }
  | { readonly kind: "press"; readonly key: string };

export interface KeyPress {
  readonly key: string;
  readonly mod: boolean; // ctrl or ⌘
  readonly alt: boolean;
  /** A field has the focus, or a dialog is open: plain keys belong to it. */
  readonly busy: boolean;
  readonly pending: string | null;
}

export function keyOutcome({ key, mod, alt, busy, pending }: KeyPress): KeyOutcome {
  if (mod && !alt && key.toLowerCase() === "k") return { kind: "palette" };
  if (mod || alt || busy) return { kind: "none" };
  if (pending === "g") {
    const place = SHORTCUTS.find((shortcut) => shortcut.keys[0] === "g" && shortcut.keys[1] === key);
    return place && "path" in place ? { kind: "go", path: place.path } : { kind: "none" };
  }
  switch (key) {
    case "g":
      return { kind: "pending", key };
    case "/":
      return { kind: "search" };
    case "?":
      return { kind: "help" };
    case "j":
      return { kind: "row", step: 1 };
    case "k":
      return { kind: "row", step: -1 };
    case "m":
      return { kind: "press", key };
    default:
      return { kind: "none" };
  }
}
