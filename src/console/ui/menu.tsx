"use client";
import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";

const ITEM =
  "flex h-7 cursor-default select-none items-center gap-2 rounded px-2 text-sm text-ink outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-3.5 [&_svg]:text-ink-3";

/** A menu under its trigger. */
export function Menu({ trigger, align = "start", children }: { readonly trigger: ReactNode; readonly align?: "start" | "end"; readonly children: ReactNode }) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[60vh] min-w-44 animate-pop overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-pop"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({ onSelect, children }: { readonly onSelect: () => void; readonly children: ReactNode }) {
  return (
    <Radix.Item className={ITEM} onSelect={onSelect}>
      {children}
    </Radix.Item>
  );
}

interface MenuChoiceProps {
  readonly checked: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

/** An item that is on or off; the menu stays open. */
export function MenuChoice({ checked, onToggle, children }: MenuChoiceProps) {
  return (
    <Radix.CheckboxItem
      className={ITEM}
      checked={checked}
      onSelect={(event) => {
        event.preventDefault();
        onToggle();
      }}
    >
      <span className="grid size-3.5 place-items-center rounded-[3px] border border-line-strong" aria-hidden="true">
        {checked && <Check className="size-3! text-accent!" strokeWidth={3} />}
      </span>
      {children}
    </Radix.CheckboxItem>
  );
}
