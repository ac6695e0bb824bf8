"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { ChevronsUpDown } from "lucide-react";
import { Popover as Radix } from "radix-ui";
import { type ReactNode, useDeferredValue, useState } from "react";
import { type Inputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";

type PickedKind = NonNullable<NonNullable<Inputs["catalog"]["list"]>["kinds"]>[number];

interface NamePickerProps {
  readonly kind: PickedKind;
  /** What is picked, for the button and for screen readers: "Choose a source". */
  readonly label: string;
  readonly children: ReactNode;
  /** Left out of the list. */
  readonly without?: readonly string[];
  readonly onPick: (name: string) => void;
}

const SHOWN = 30;

/** Finds one definition by name, searched in the registry. */
export function NamePicker({ kind, label, children, without = [], onPick }: NamePickerProps) {
  const [isOpen, setOpen] = useState(false);
  const pick = (name: string) => {
    setOpen(false);
    onPick(name);
  };
  return (
    <Radix.Root open={isOpen} onOpenChange={setOpen}>
      <Radix.Trigger asChild>
        <Button aria-label={label} className="justify-between">
          {children} <ChevronsUpDown className="text-ink-3" aria-hidden="true" />
        </Button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-80 animate-pop overflow-hidden rounded-lg border border-line-strong bg-raised shadow-pop"
        >
          <Choices kind={kind} label={label} without={without} onPick={pick} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Choices({ kind, label, without, onPick }: Required<Omit<NamePickerProps, "children">>) {
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const query = useQuery(
    trpc.catalog.list.queryOptions({ text: useDeferredValue(text), kinds: [kind], pageSize: SHOWN }, { placeholderData: keepPreviousData }),
  );
  const rows = query.data?.rows.filter(({ name }) => !without.includes(name)) ?? [];
  return (
    <Command label={label} shouldFilter={false}>
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder="Search by name"
        className="h-9 w-full border-line border-b bg-transparent px-3 text-ink text-sm outline-none placeholder:text-ink-3"
      />
      <Command.List className="max-h-72 overflow-y-auto p-1">
        {query.data && rows.length === 0 && <p className="px-2 py-3 text-ink-2 text-sm">{text === "" ? "There are none yet." : "Nothing of that name."}</p>}
        {rows.map(({ name, description }) => (
          <Command.Item
            key={name}
            value={name}
            onSelect={() => onPick(name)}
            className="flex min-h-8 cursor-default select-none items-baseline gap-2 rounded px-2 py-1 text-sm data-[selected=true]:bg-pressed"
          >
            <span className="shrink-0 font-mono text-ink text-xs">{name}</span>
            <span className="truncate text-ink-3 text-xs">{description}</span>
          </Command.Item>
        ))}
        {query.data && query.data.total > query.data.rows.length && <p className="px-2 py-1.5 text-ink-3 text-xs">Type to find more.</p>}
      </Command.List>
    </Command>
  );
}
