import { Check } from "lucide-react";
import { cn } from "../ui/cn.ts";
import { CommandLine } from "../ui/code.tsx";
import { Panel } from "../ui/panel.tsx";

interface FirstStepsProps {
  /** How many of the steps are done, in their order. */
  readonly done: 0 | 1 | 2;
}

const STEPS = [
  {
    title: "Make a feature repo",
    text: "A folder with entities, a source and a view to start from, typed in your editor.",
    command: "larder init ../features",
  },
  { title: "Apply it", text: "Shows what would change, then remembers it. This page fills by itself.", command: "larder apply --repo ../features" },
  { title: "Put values online", text: "Copies the newest row of every key to the online store, ready to be read.", command: "larder materialize-incremental" },
] as const;

/** From nothing to the first feature that can be read. */
export function FirstSteps({ done }: FirstStepsProps) {
  return (
    <Panel title="Three steps to the first feature">
      <ol className="divide-y divide-line">
        {STEPS.map(({ title, text, command }, index) => {
          const isDone = index < done;
          return (
            <li
              key={title}
              className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-2 px-4 py-3 lg:grid-cols-[auto_minmax(0,1fr)_minmax(0,22rem)]"
            >
              <span
                className={cn(
                  "grid size-6 place-items-center rounded-full border border-line-strong font-medium text-ink-2 text-xs",
                  isDone && "border-good text-good",
                )}
                aria-hidden="true"
              >
                {isDone ? <Check className="size-3.5" /> : index + 1}
              </span>
              <div className="min-w-0">
                <h3 className={cn("font-medium text-ink text-sm", isDone && "text-ink-2")}>
                  {title}
                  {isDone && <span className="ml-2 font-normal text-good text-xs">done</span>}
                </h3>
                <p className="text-ink-2 text-xs">{text}</p>
              </div>
              <CommandLine command={command} className="max-lg:col-span-2" />
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
