import { Command } from "cmdk";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export function PaletteGroup({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  );
}

interface PaletteItemProps {
  /** Tells it from all others. */
  readonly id: string;
  readonly icon: LucideIcon;
  readonly note?: string;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export function PaletteItem({ id, icon: Icon, note, onSelect, children }: PaletteItemProps) {
  return (
    <Command.Item
      value={id}
      onSelect={onSelect}
      className="flex h-8 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 text-ink text-sm data-[selected=true]:bg-pressed"
    >
      <Icon className="size-3.5 shrink-0 text-ink-3" aria-hidden="true" />
      <span className="truncate font-medium">{children}</span>
      {note && <span className="truncate text-ink-3 text-xs">{note}</span>}
    </Command.Item>
  );
}
