"use client";
import { type ReactNode, useState } from "react";
import type { ConsoleDefinition } from "../../domain/index.ts";
import { Button } from "../ui/button.tsx";
import { CommandLine } from "../ui/code.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ChangePlan } from "./change-plan.tsx";
import { type Conflict, ConflictDialog } from "./conflict-dialog.tsx";
import { type Base, saveInput, useEditPlan } from "./use-edit.ts";

interface SavePanelProps {
  /** What the form makes; null: it is not whole yet. */
  readonly definition: ConsoleDefinition | null;
  readonly base: Base;
  readonly isSaving: boolean;
  readonly saveError: unknown;
  readonly onTheirs: (conflict: Conflict) => void;
  readonly onMine: (conflict: Conflict) => void;
}

/** Beside the form: what saving would do, and the button that does it. */
export function SavePanel({ definition, base, isSaving, saveError, onTheirs, onMine }: SavePanelProps) {
  const plan = useEditPlan(definition === null ? null : saveInput(definition, base));
  const [isClosed, setClosed] = useState(false);
  const conflict = definition === null || !plan.isCurrent ? null : (plan.data?.conflict ?? null);
  const blocked = plan.data === undefined || plan.data.problems.some(({ severity }) => severity === "error") || plan.data.change === null || conflict !== null;
  const solve = (how: (conflict: Conflict) => void) => () => {
    setClosed(false);
    if (conflict) how(conflict);
  };
  return (
    <Panel title={base === null ? "What saving adds" : "What saving changes"} className="lg:sticky lg:top-16">
      <div className="space-y-3 p-3" aria-live="polite" aria-busy={plan.isFetching}>
        <PlanBody definition={definition} plan={plan} conflict={conflict} onCompare={() => setClosed(false)} />
        {saveError !== null && saveError !== undefined && conflict === null && <Refusal error={saveError} />}
      </div>
      <div className="flex items-center justify-between gap-2 border-line border-t bg-sunken/60 px-3 py-2.5">
        <span className="text-ink-3 text-xs">{definition === null ? "Fill in what is missing." : ""}</span>
        <Button type="submit" look="primary" disabled={isSaving || (definition !== null && blocked)}>
          {isSaving ? "Saving" : base === null ? "Create" : "Save"}
        </Button>
      </div>
      {conflict !== null && !isClosed && definition !== null && (
        <ConflictDialog name={definition.name} conflict={conflict} onTheirs={solve(onTheirs)} onMine={solve(onMine)} onClose={() => setClosed(true)} />
      )}
      <div className="border-line border-t p-3">
        <p className="mb-1.5 text-ink-3 text-xs">What is made here can move into a repo as it is:</p>
        <CommandLine command="larder export repo DIR" />
      </div>
    </Panel>
  );
}

interface PlanBodyProps {
  readonly definition: ConsoleDefinition | null;
  readonly plan: ReturnType<typeof useEditPlan>;
  readonly conflict: Conflict | null;
  readonly onCompare: () => void;
}

function PlanBody({ definition, plan, conflict, onCompare }: PlanBodyProps): ReactNode {
  if (definition === null) return <p className="text-ink-2 text-sm">What saving does is shown here once the form is whole.</p>;
  if (plan.isError) return <Refusal error={plan.error} />;
  if (plan.data === undefined) {
    return (
      <div role="status" aria-label="Loading" className="space-y-2">
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="h-16 rounded-md" />
      </div>
    );
  }
  if (conflict === null) return plan.data.conflict === null ? <ChangePlan plan={plan.data} /> : null; // a conflict just solved: the answer is on its way
  return (
    <div role="alert" className="flex flex-wrap items-center justify-between gap-2 rounded-md bg-attention-soft px-3 py-2 text-ink text-sm">
      <span>Someone else {conflict.current === null ? "removed" : "changed"} it since you opened it.</span>
      <Button size="sm" onClick={onCompare}>
        Compare
      </Button>
    </div>
  );
}

function Refusal({ error }: { readonly error: unknown }) {
  const { message, hint } = errorInfoOf(error);
  return (
    <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-ink text-sm">
      {message} {hint}
    </p>
  );
}
