"use client";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

/** Where the reader is: from there the arrow to other places is shortest. */
function focusCurrentPlace(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.querySelector<HTMLElement>("[aria-current=page], a")?.focus();
}

/** The sidebar on narrow screens. */
export function Drawer({ open, onClose, children }: { readonly open: boolean; readonly onClose: () => void; readonly children: ReactNode }) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-veil md:hidden" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusCurrentPlace}
          className="fixed inset-y-0 left-0 z-50 w-64 animate-drawer border-line border-r shadow-pop focus:outline-none md:hidden"
        >
          <Radix.Title className="sr-only">Places</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
