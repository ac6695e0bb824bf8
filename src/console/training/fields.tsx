import { type ReactNode, useId } from "react";

export const FIELD = "h-8 w-full rounded-md border border-line-strong bg-panel px-2 text-ink text-sm shadow-card placeholder:text-ink-3";

interface FieldProps {
  readonly label: string;
  readonly note?: ReactNode;
  readonly children: (id: string) => ReactNode;
}

/** A label over what it labels. */
export function Field({ label, note, children }: FieldProps) {
  const id = useId();
  return (
    <div className="min-w-0 space-y-1">
      <label htmlFor={id} className="block text-ink-2 text-xs">
        {label}
      </label>
      {children(id)}
      {note && <p className="text-ink-3 text-xs">{note}</p>}
    </div>
  );
}

export function Check({
  label,
  note,
  checked,
  onChange,
}: {
  readonly label: string;
  readonly note: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-2 text-sm">
      <input id={id} type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} className="mt-0.5 size-4 accent-[var(--accent)]" />
      <label htmlFor={id} className="text-ink">
        {label} <span className="text-ink-3 text-xs">{note}</span>
      </label>
    </div>
  );
}
