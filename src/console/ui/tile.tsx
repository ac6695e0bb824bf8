import type { ReactNode } from "react";

interface TileProps {
  readonly label: string;
  readonly value: ReactNode;
  /** What stands behind the figure: its basis, its place. */
  readonly note?: ReactNode;
}

/** One of the figures that decide. */
export function Tile({ label, value, note }: TileProps) {
  return (
    <div className="-mt-px -ml-px min-w-0 border-line border-t border-l px-4 py-3 last:odd:col-span-2 lg:last:odd:col-span-1">
      <dt className="text-ink-2 text-xs">{label}</dt>
      <dd className="mt-1 flex h-6 items-center truncate font-medium text-ink text-lg">{value}</dd>
      {note !== undefined && <dd className="mt-0.5 min-h-4 truncate text-ink-3 text-xs">{note}</dd>}
    </div>
  );
}

/** Tiles side by side, with hairlines between them. */
export function Tiles({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-lg border border-line bg-panel shadow-card lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none">
      {children}
    </dl>
  );
}
