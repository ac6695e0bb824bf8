"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Keyboard as KeyboardIcon, Link as LinkIcon, RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { type ReactNode, useDeferredValue, useState } from "react";
import { toast } from "sonner";
import { entryHref } from "../catalog/entry-href.ts";
import { KIND_ICONS, KIND_WORDS } from "../catalog/kinds.ts";
import { useOpenMaterialize } from "../materialize/use-materialize-address.ts";
import { Dialog } from "../ui/dialog.tsx";
import { PLACES } from "./places.ts";
import { useHref, useProject, withProject } from "./project.tsx";
import { THEMES } from "./theme-menu.tsx";
import { type Outputs, useTRPC } from "./trpc.ts";

const RESULTS_MAX = 12;
const ITEM =
  "flex h-8 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 text-sm text-ink data-[selected=true]:bg-hover [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-ink-3";
const GROUP =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-ink-3";

interface PaletteProps {
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

/** Everything by name: objects from the catalog's own search, pages, and what can be done. */
export function CommandPalette({ onClose, onHelp }: PaletteProps) {
  const [text, setText] = useState("");
  const router = useRouter();
  const href = useHref();
  const go = (path: string) => {
    onClose();
    router.push(href(path));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Find anything"
      description="Objects, pages and actions by name"
      quiet
      className="w-[min(600px,calc(100vw-24px))] [&>header]:sr-only"
    >
      <Command label="Find anything" shouldFilter={false} loop className="flex min-h-0 flex-col">
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Find a view, feature, source, page or action…"
          className="h-12 w-full border-line border-b bg-transparent px-4 text-base text-ink outline-none placeholder:text-ink-3"
        />
        <Command.List className="max-h-[min(420px,60vh)] overflow-y-auto p-1.5">
          <Objects text={text} onGo={go} onClose={onClose} />
          <Pages text={text} onGo={go} />
          <Actions text={text} onClose={onClose} onHelp={onHelp} />
        </Command.List>
      </Command>
    </Dialog>
  );
}

/** `materialize driver` looks for views called driver. */
function splitVerb(text: string): { readonly wantsMaterialize: boolean; readonly name: string } {
  const match = /^mat\w*\s*(.*)$/i.exec(text.trim());
  return match ? { wantsMaterialize: true, name: match[1] ?? "" } : { wantsMaterialize: false, name: text.trim() };
}

function Objects({ text, onGo, onClose }: { readonly text: string; readonly onGo: (path: string) => void; readonly onClose: () => void }) {
  const trpc = useTRPC();
  const openMaterialize = useOpenMaterialize();
  const { wantsMaterialize, name } = splitVerb(useDeferredValue(text));
  const kinds: Outputs["catalog"]["list"]["rows"][number]["kind"][] = wantsMaterialize ? ["feature_view"] : [];
  const { data, isError } = useQuery(trpc.catalog.list.queryOptions({ text: name, kinds, pageSize: RESULTS_MAX }, { placeholderData: keepPreviousData }));
  const rows = data?.rows ?? [];
  const views = rows.filter(({ kind, online }) => kind === "feature_view" && online === true);
  const materializable = wantsMaterialize ? views : views.slice(0, name === "" ? 0 : 2);
  return (
    <>
      {!wantsMaterialize && (
        <Group heading={name === "" ? "In the catalog" : "Found in the catalog"}>
          {rows.map((entry) => {
            const Icon = KIND_ICONS[entry.kind];
            return (
              <Command.Item
                key={`${entry.kind}:${entry.view}:${entry.name}`}
                value={`${entry.kind}:${entry.view}:${entry.name}`}
                className={ITEM}
                onSelect={() => onGo(entryHref(entry))}
              >
                <Icon aria-hidden="true" />
                <span className="truncate font-medium">{entry.name}</span>
                <span className="truncate text-ink-3 text-xs">
                  {KIND_WORDS[entry.kind].one}
                  {entry.view ? ` of ${entry.view}` : ""}
                </span>
              </Command.Item>
            );
          })}
          {data && rows.length === 0 && <p className="px-2.5 py-2 text-ink-2 text-sm">Nothing in the catalog matches “{name}”.</p>}
          {isError && <p className="px-2.5 py-2 text-ink-2 text-sm">The catalog does not answer just now.</p>}
        </Group>
      )}
      {materializable.length > 0 && (
        <Group heading="Materialize">
          {materializable.map((entry) => (
            <Command.Item
              key={entry.name}
              value={`materialize:${entry.name}`}
              className={ITEM}
              onSelect={() => {
                onClose();
                void openMaterialize(entry.name);
              }}
            >
              <RefreshCw aria-hidden="true" />
              Materialize {entry.name}
            </Command.Item>
          ))}
        </Group>
      )}
    </>
  );
}

function Pages({ text, onGo }: { readonly text: string; readonly onGo: (path: string) => void }) {
  const pages = PLACES.filter((place) => matches(place.text, text));
  if (pages.length === 0) return null;
  return (
    <Group heading="Pages">
      {pages.map((place) => (
        <Command.Item key={place.path} value={`page:${place.path}`} className={ITEM} onSelect={() => onGo(place.path)}>
          <place.icon aria-hidden="true" />
          {place.text}
        </Command.Item>
      ))}
    </Group>
  );
}

function Actions({ text, onClose, onHelp }: PaletteProps & { readonly text: string }) {
  const { setTheme } = useTheme();
  const { current, all } = useProject();
  const copyAddress = () => void navigator.clipboard?.writeText(window.location.href).then(() => toast("The address is copied."));
  const actions = [
    { text: "Show the keys", icon: KeyboardIcon, run: onHelp },
    { text: "Copy the address of this page", icon: LinkIcon, run: copyAddress },
    ...THEMES.map((theme) => ({ text: `Theme: ${theme.text.toLowerCase()}`, icon: theme.icon, run: () => setTheme(theme.value) })),
    ...all
      .filter((name) => name !== current)
      .map((name) => ({ text: `Go to project ${name}`, icon: LinkIcon, run: () => window.location.assign(withProject("/", name)) })),
  ].filter((action) => matches(action.text, text));
  if (actions.length === 0) return null;
  return (
    <Group heading="Actions">
      {actions.map(({ text: name, icon: Icon, run }) => (
        <Command.Item
          key={name}
          value={`action:${name}`}
          className={ITEM}
          onSelect={() => {
            onClose();
            run();
          }}
        >
          <Icon aria-hidden="true" />
          {name}
        </Command.Item>
      ))}
    </Group>
  );
}

function Group({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <Command.Group heading={heading} className={GROUP}>
      {children}
    </Command.Group>
  );
}

function matches(name: string, text: string): boolean {
  return name.toLowerCase().includes(text.trim().toLowerCase());
}
