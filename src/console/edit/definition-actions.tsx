"use client";
import { Lock, Pencil, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Definition, Origin } from "../../domain/index.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { AppLink } from "../ui/link.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { editHref } from "./kinds.ts";
import { managedInWords } from "./managed-in-words.ts";

const DeleteDialog = dynamic(() => import("./delete-dialog.tsx").then((module) => module.DeleteDialog), { ssr: false });

interface DefinitionActionsProps {
  readonly definition: Definition;
  readonly record: { readonly managedBy: string; readonly origin: Origin | null };
}

/** Edit and delete on the page of what the console made; where a repo manages it, where that is written. */
export function DefinitionActions({ definition, record }: DefinitionActionsProps) {
  const [isDeleting, setDeleting] = useState(false);
  if (record.managedBy !== "console") {
    const place = record.origin === null ? "a repo" : `${record.origin.file}:${record.origin.line}`;
    return (
      <Tooltip content={`${managedInWords(record)} Change it there, then run larder apply.`}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what the hint says must be reachable by keyboard */}
        <span tabIndex={0} className="inline-flex h-8 items-center gap-1.5 rounded-md px-1.5 text-ink-2 text-xs">
          <Lock className="size-3.5 shrink-0 text-ink-3" aria-hidden="true" /> read-only: <span className="font-mono">{place}</span>
        </span>
      </Tooltip>
    );
  }
  return (
    <>
      <Button asChild>
        <AppLink href={editHref(definition)}>
          <Pencil aria-hidden="true" /> Edit
        </AppLink>
      </Button>
      <IconButton label={`Delete ${definition.name}`} look="danger" className="size-8" onClick={() => setDeleting(true)}>
        <Trash2 />
      </IconButton>
      {isDeleting && <DeleteDialog definition={definition} onClose={() => setDeleting(false)} />}
    </>
  );
}
