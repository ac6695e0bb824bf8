"use client";
import { ArrowRightLeft, Keyboard, Link, Plus } from "lucide-react";
import { useTheme } from "next-themes";
import { EDIT_KINDS, EDIT_WORDS } from "../edit/kinds.ts";
import { notify } from "../shell/notify.tsx";
import { PLACES } from "../shell/places.ts";
import { useProject, withProject } from "../shell/project.tsx";
import { THEMES } from "../shell/theme-menu.tsx";
import { PaletteGroup, PaletteItem } from "./palette-parts.tsx";
import { matchesWords } from "./palette-words.ts";

export function PalettePages({ text, onGo }: { readonly text: string; readonly onGo: (path: string) => void }) {
  const pages = PLACES.filter((place) => matchesWords(place.text, text));
  if (pages.length === 0) return null;
  return (
    <PaletteGroup heading="Pages">
      {pages.map((place) => (
        <PaletteItem key={place.path} id={`page:${place.path}`} icon={place.icon} onSelect={() => onGo(place.path)}>
          {place.text}
        </PaletteItem>
      ))}
    </PaletteGroup>
  );
}

interface PaletteActionsProps {
  readonly text: string;
  readonly onGo: (path: string) => void;
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

/** What can be done on any page. */
export function PaletteActions({ text, onGo, onClose, onHelp }: PaletteActionsProps) {
  const { setTheme } = useTheme();
  const { current, all } = useProject();
  const actions = [
    ...EDIT_KINDS.map((kind) => ({ name: `New ${EDIT_WORDS[kind].one}`, icon: Plus, run: () => onGo(`/new/${kind}`) })),
    { name: "Show the keys", icon: Keyboard, run: onHelp },
    { name: "Copy the address of this page", icon: Link, run: copyAddress },
    ...THEMES.map((theme) => ({ name: `Theme: ${theme.text.toLowerCase()}`, icon: theme.icon, run: () => setTheme(theme.value) })),
    ...all
      .filter((project) => project !== current)
      .map((project) => ({ name: `Go to project ${project}`, icon: ArrowRightLeft, run: () => window.location.assign(withProject("/", project)) })),
  ].filter(({ name }) => matchesWords(name, text));
  if (actions.length === 0) return null;
  return (
    <PaletteGroup heading="Actions">
      {actions.map(({ name, icon, run }) => (
        <PaletteItem
          key={name}
          id={`action:${name}`}
          icon={icon}
          onSelect={() => {
            onClose();
            run();
          }}
        >
          {name}
        </PaletteItem>
      ))}
    </PaletteGroup>
  );
}

function copyAddress(): void {
  void navigator.clipboard?.writeText(window.location.href).then(() => notify({ text: "The address is copied." }));
}
