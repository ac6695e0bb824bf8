import type { ReactNode } from "react";
import type { FieldChange } from "../../domain/index.ts";
import { formatCount, plural } from "../format/index.ts";
import { Health } from "../ui/health.tsx";
import { TextLink } from "../ui/link.tsx";
import { definitionHref, parseDefinitionKey } from "./kinds.ts";
import type { EditPlan } from "./use-edit.ts";

const FIELDS_MAX = 40;

/** What saving does: the difference, new versions, who is hit, what is wrong. */
export function ChangePlan({ plan }: { readonly plan: EditPlan }) {
  const { change, reached, problems } = plan;
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity === "warning");
  return (
    <div className="space-y-3 text-sm">
      {errors.length > 0 && (
        <Problems title={`${plural(errors.length, "problem")} to solve first`} state="bad" messages={errors.map(({ message }) => message)} />
      )}
      {change === null ? <p className="text-ink-2">Nothing is different from what is saved.</p> : <Summary change={change} />}
      {change !== null && change.fields.length > 0 && <FieldChanges fields={change.fields} />}
      {reached.length > 0 && (
        <div>
          <p className="text-ink">Views that get a new version through it:</p>
          <KeyList keys={reached.map(({ kind, name }) => `${kind}:${name}`)} />
        </div>
      )}
      {change !== null && change.affects.length > 0 && (
        <div>
          <p className="text-ink">It reaches:</p>
          <KeyList keys={change.affects} />
        </div>
      )}
      {warnings.length > 0 && <Problems title="Good to know" state="attention" messages={warnings.map(({ message }) => message)} />}
    </div>
  );
}

function Summary({ change: { action, kind, affects } }: { readonly change: NonNullable<EditPlan["change"]> }) {
  if (action === "add") return <p className="text-ink-2">It is added to the registry{kind === "feature_view" ? " as version 1" : ""}.</p>;
  if (action !== "new_version") {
    return <p className="text-ink-2">It changes in place{affects.length === 0 ? "; nobody's values change" : ", without a new version"}.</p>;
  }
  return (
    <div>
      <Health state="attention">A new version</Health>
      <p className="mt-0.5 text-ink-2 text-xs">Serving answers from the last ready version until the new one is materialized in full.</p>
    </div>
  );
}

/** Field by field: before, after. */
export function FieldChanges({ fields }: { readonly fields: readonly FieldChange[] }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-md border border-line" aria-label="Differences">
      {fields.slice(0, FIELDS_MAX).map(({ field, before, after }) => (
        <li key={field} className="px-2.5 py-1.5">
          <p className="break-all font-mono text-ink text-xs">{field}</p>
          <p className="break-words text-xs">
            <Value text={before} />
            <span className="sr-only"> becomes </span>
            <span className="px-1.5 text-ink-3" aria-hidden="true">
              →
            </span>
            <Value text={after} isNew />
          </p>
        </li>
      ))}
      {fields.length > FIELDS_MAX && <li className="px-2.5 py-1.5 text-ink-3 text-xs">and {formatCount(fields.length - FIELDS_MAX)} more</li>}
    </ul>
  );
}

function Value({ text, isNew = false }: { readonly text: string | null; readonly isNew?: boolean }): ReactNode {
  if (text === null || text === "") return <span className="text-ink-3 italic">none</span>;
  return <span className={isNew ? "font-medium text-ink" : "text-ink-2 line-through decoration-ink-3/60"}>{text}</span>;
}

/** `kind:name` keys as links. */
export function KeyList({ keys }: { readonly keys: readonly string[] }) {
  return (
    <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
      {keys.slice(0, FIELDS_MAX).map((key) => {
        const { kind, name } = parseDefinitionKey(key);
        return (
          <li key={key}>
            <TextLink href={definitionHref({ kind, name })} target="_blank">
              {name}
            </TextLink>
            <span className="ml-1 text-ink-3 text-xs">{kind.replace("feature_", "").replace("data_", "")}</span>
          </li>
        );
      })}
      {keys.length > FIELDS_MAX && <li className="text-ink-3 text-xs">and {formatCount(keys.length - FIELDS_MAX)} more</li>}
    </ul>
  );
}

interface ProblemsProps {
  readonly title: string;
  readonly state: "bad" | "attention";
  readonly messages: readonly string[];
}

function Problems({ title, state, messages }: ProblemsProps) {
  return (
    <div role={state === "bad" ? "alert" : undefined} className={`rounded-md px-2.5 py-2 ${state === "bad" ? "bg-bad-soft" : "bg-attention-soft"}`}>
      <Health state={state} className="font-medium">
        {title}
      </Health>
      <ul className="mt-1 space-y-1 text-ink text-xs">
        {messages.map((message) => (
          <li key={message} className="break-words">
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
