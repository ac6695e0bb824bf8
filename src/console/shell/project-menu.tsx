"use client";
import { Check, ChevronsUpDown } from "lucide-react";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { useProject, withProject } from "./project.tsx";

/** The project; a menu where there are several. Another project is another world: the page is loaded anew. */
export function ProjectMenu() {
  const { current, all } = useProject();
  if (all.length < 2 && (current !== null || all.length === 0))
    return (
      <span className="block truncate text-ink-3 text-xs" title={current ?? undefined}>
        {current}
      </span>
    );
  const trigger = (
    <button type="button" className="flex max-w-full items-center gap-1 rounded text-ink-2 text-xs hover:text-ink">
      <span className="truncate">{current ?? "choose a project"}</span>
      <ChevronsUpDown className="size-3 shrink-0" aria-hidden="true" />
      <span className="sr-only">Change the project</span>
    </button>
  );
  return (
    <Menu trigger={trigger}>
      {all.map((name) => (
        <MenuItem key={name} onSelect={() => window.location.assign(withProject("/", name))}>
          <span className="size-3.5">{name === current && <Check />}</span> {name}
        </MenuItem>
      ))}
    </Menu>
  );
}
