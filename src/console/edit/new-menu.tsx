"use client";
import { ChevronDown, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import type { DefinitionKind } from "../../domain/index.ts";
import { KIND_ICONS } from "../catalog/kinds.ts";
import { useHref } from "../shell/project.tsx";
import { Button } from "../ui/button.tsx";
import { AppLink } from "../ui/link.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { EDIT_KINDS, EDIT_WORDS, editKindOf } from "./kinds.ts";

/** Makes something new by click; on a list of one kind, that kind at once. */
export function NewMenu({ only }: { readonly only?: DefinitionKind | "feature" | undefined }) {
  const router = useRouter();
  const href = useHref();
  if (only !== undefined && only !== "feature") {
    const kind = editKindOf(only);
    return (
      <Button look="primary" asChild>
        <AppLink href={`/new/${kind}`}>
          <Plus aria-hidden="true" /> New {EDIT_WORDS[kind].one}
        </AppLink>
      </Button>
    );
  }
  return (
    <Menu
      align="end"
      trigger={
        <Button look="primary">
          <Plus aria-hidden="true" /> New <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      {EDIT_KINDS.map((kind) => {
        const Icon = KIND_ICONS[EDIT_WORDS[kind].kind];
        return (
          <MenuItem key={kind} onSelect={() => router.push(href(`/new/${kind}`))}>
            <Icon aria-hidden="true" /> {EDIT_WORDS[kind].one}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
