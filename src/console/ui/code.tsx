"use client";
import { useProject } from "../shell/project.tsx";
import { cn } from "./cn.ts";
import { CopyButton } from "./copy-button.tsx";

/** Commands about the rows of one project; the others find theirs in the repo, or need none. */
const OF_A_PROJECT = /^larder (materialize|materialize-incremental|runs|monitor|training-sets)\b/;

/** One line of a terminal, ready to copy; it names the project where there are several. */
export function CommandLine({ command: plain, className }: { readonly command: string; readonly className?: string }) {
  const { current, all } = useProject();
  const command = all.length > 1 && current !== null && OF_A_PROJECT.test(plain) ? `${plain} --project ${current}` : plain;
  return (
    <div className={cn("flex items-center gap-1 rounded-md border border-line bg-sunken py-0.5 pr-1 pl-3", className)}>
      <span aria-hidden="true" className="select-none font-mono text-ink-3 text-xs">
        $
      </span>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a line that scrolls must be reachable by keyboard */}
      <code tabIndex={0} className="min-w-0 flex-1 overflow-x-auto whitespace-nowrap px-1 py-1 font-mono text-ink text-xs [scrollbar-width:none]">
        {command}
      </code>
      <CopyButton text={command} label="Copy the command" iconOnly />
    </div>
  );
}

/** A block of code with its title, ready to copy. */
export function CodeBlock({ title, code }: { readonly title: string; readonly code: string }) {
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-sunken">
      <figcaption className="flex h-9 items-center justify-between border-line border-b bg-panel pr-1.5 pl-3">
        <span className="font-medium text-ink-2 text-xs">{title}</span>
        <CopyButton text={code} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="overflow-x-auto p-3 font-mono text-ink text-xs leading-5">
        {code}
      </pre>
    </figure>
  );
}
