import type { TrainingChange } from "../../trpc/index.ts";

const WORDS = { source: "Source", entity_rows: "Entity rows", version: "View", ttl: "View", definition: "Definition" } as const;

export function ChangeList({ changes }: { readonly changes: readonly TrainingChange[] }) {
  return (
    <ul className="space-y-0.5 text-ink-2 text-sm">
      {changes.map(({ what, name, note }) => (
        <li key={`${what}${name}`}>
          {WORDS[what]} {name && <span className="font-mono text-ink text-xs">{name}</span>}: {note}
        </li>
      ))}
    </ul>
  );
}
