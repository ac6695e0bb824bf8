import { cn } from "../ui/cn.ts";
import { Panel } from "../ui/panel.tsx";
import type { LogLine } from "./run-log-lines.ts";

const LOOKS = { info: "text-ink", state: "text-ink-2", warn: "text-attention", error: "text-bad", failed: "text-bad" } as const;
const WORDS = { info: "", state: "", warn: "warning: ", error: "error: ", failed: "" } as const;

export function RunLogPanel({ lines }: { readonly lines: readonly LogLine[] }) {
  return (
    <Panel title="Log" hint="UTC">
      {lines.length === 0 ? (
        <p className="px-3 py-4 text-ink-3 text-sm">Nothing has been said yet.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
        <ol tabIndex={0} aria-label="Log" className="max-h-96 overflow-y-auto px-3 py-2 font-mono text-xs leading-5">
          {lines.map(({ id, at, level, text }) => (
            <li key={id} className="grid grid-cols-[auto_1fr] gap-3">
              <time dateTime={at.toISOString()} className="tabular text-ink-3">
                {at.toISOString().slice(11, 23)}
              </time>
              <span className={cn("min-w-0 break-words", LOOKS[level])}>
                {WORDS[level]}
                {text}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
