"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { cn } from "./cn.ts";

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** What the dialog is for, for screen readers; shown under the title unless `quiet`. */
  readonly description: string;
  readonly quiet?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Closes on Esc and on a click beside it, and gives focus back. */
export function Dialog({ open, onClose, title, description, quiet = false, className, children }: DialogProps) {
  const opener = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-veil" />
        <Radix.Content
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            // Radix would give it to its own trigger, and to nothing where there is none.
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          className={cn(
            "fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[min(560px,calc(100vw-24px))] -translate-x-1/2 animate-pop flex-col overflow-hidden rounded-xl border border-line-strong bg-raised shadow-pop focus:outline-none max-sm:top-3 max-sm:max-h-[calc(100dvh-24px)]",
            className,
          )}
        >
          <header className={cn("px-5 pt-4 pr-12", quiet && "pb-0")}>
            <Radix.Title className="truncate font-semibold text-base text-ink">{title}</Radix.Title>
            <Radix.Description className={cn("text-ink-2 text-sm", quiet && "sr-only")}>{description}</Radix.Description>
          </header>
          {children}
          <Radix.Close aria-label="Close" className="absolute top-3 right-3 grid size-7 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink">
            <X className="size-4" />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function DialogBody({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  return <div className={cn("min-h-0 flex-1 overflow-y-auto px-5 py-4", className)}>{children}</div>;
}

export function DialogFooter({ children }: { readonly children: ReactNode }) {
  return <footer className="flex flex-wrap items-center justify-end gap-2 border-line border-t bg-sunken/60 px-5 py-3">{children}</footer>;
}
