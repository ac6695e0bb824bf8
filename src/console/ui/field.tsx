"use client";
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from "react";
import { cn } from "./cn.ts";

const CONTROL =
  "w-full rounded-md border border-line-strong bg-panel px-2.5 text-ink text-sm shadow-card placeholder:text-ink-3 disabled:bg-sunken disabled:text-ink-2 aria-invalid:border-bad";

interface FieldIds {
  readonly control: string;
  readonly described: string;
  readonly isWrong: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

interface FieldProps {
  readonly label: ReactNode;
  /** Shown when there is no error. */
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A control with its label above and what to know, or what is wrong, below. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  return (
    <FieldContext value={{ control: id, described: `${id}-note`, isWrong: error !== undefined }}>
      <div className={cn("flex min-w-0 flex-col gap-1", className)}>
        <label htmlFor={id} className="text-ink-2 text-xs">
          {label}
        </label>
        {children}
        <FieldNote id={`${id}-note`} hint={hint} error={error} />
      </div>
    </FieldContext>
  );
}

function FieldNote({ id, hint, error }: { readonly id: string; readonly hint: ReactNode; readonly error: string | undefined }) {
  if (error !== undefined) {
    return (
      <p id={id} role="alert" className="text-bad text-xs">
        {error}
      </p>
    );
  }
  return hint ? (
    <p id={id} className="text-ink-3 text-xs">
      {hint}
    </p>
  ) : null;
}

/** What ties a control to the Field around it; alone it needs an aria-label. */
function useFieldProps() {
  const ids = useContext(FieldContext);
  return ids === null ? {} : { id: ids.control, "aria-describedby": ids.described, "aria-invalid": ids.isWrong || undefined };
}

export function TextInput({ className, mono = false, ...props }: ComponentProps<"input"> & { readonly mono?: boolean }) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...useFieldProps()}
      className={cn(CONTROL, "h-8", mono && "font-mono text-xs", className)}
      {...props}
    />
  );
}

export function TextArea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea rows={2} {...useFieldProps()} className={cn(CONTROL, "min-h-8 py-1.5", className)} {...props} />;
}

export function Select({ className, ...props }: ComponentProps<"select">) {
  return <select {...useFieldProps()} className={cn(CONTROL, "h-8 pr-7", className)} {...props} />;
}

/** A tick with its words. */
export function Tick({ children, className, ...props }: Omit<ComponentProps<"input">, "type"> & { readonly children: ReactNode }) {
  const id = useId();
  return (
    <span className={cn("inline-flex items-center gap-2", className)}>
      <input id={id} type="checkbox" className="size-3.5 shrink-0 accent-accent-solid" {...props} />
      <label htmlFor={id} className="min-w-0 truncate text-ink text-sm">
        {children}
      </label>
    </span>
  );
}
