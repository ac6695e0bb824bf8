"use client";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useOpenMaterialize } from "../materialize/use-materialize-address.ts";
import { useHref } from "../shell/project.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { PaletteActions, PalettePages } from "./palette-actions.tsx";
import { PaletteObjects } from "./palette-objects.tsx";

interface PaletteProps {
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

/** Everything by name: objects from the catalog's own search, pages, and what can be done. */
export function CommandPalette({ onClose, onHelp }: PaletteProps) {
  const [text, setText] = useState("");
  const [selected, setSelected] = useState("");
  const router = useRouter();
  const href = useHref();
  const openMaterialize = useOpenMaterialize();
  const go = (path: string) => {
    onClose();
    router.push(href(path));
  };
  const materialize = (view: string) => {
    onClose();
    void openMaterialize(view);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Find anything"
      description="Objects, pages and actions by name"
      quiet
      className="w-[min(600px,calc(100vw-24px))] [&>button]:hidden [&>header]:sr-only"
    >
      <Command label="Find anything" shouldFilter={false} loop value={selected} onValueChange={setSelected} className="flex min-h-0 flex-col">
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Find a view, feature, source, page or action…"
          className="h-12 w-full border-line border-b bg-transparent px-4 text-base text-ink outline-none placeholder:text-ink-3"
        />
        <Command.List className="max-h-[min(420px,60vh)] scroll-py-1.5 overflow-y-auto p-1.5">
          <PaletteObjects text={text} onGo={go} onMaterialize={materialize} onFirst={setSelected} />
          <PalettePages text={text} onGo={go} />
          <PaletteActions text={text} onGo={go} onClose={onClose} onHelp={onHelp} />
        </Command.List>
      </Command>
    </Dialog>
  );
}
