/** Services that read what is wrong. */
export function HitServices({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return <span className="text-ink-3">no service</span>;
  return (
    <span className="block max-w-56 truncate text-ink-2" title={names.join(", ")}>
      {names.join(", ")}
    </span>
  );
}
