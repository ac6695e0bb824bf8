import { CircleAlert, RotateCw } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import type { ErrorInfo } from "../../trpc/index.ts";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { CommandLine } from "./code.tsx";

interface EmptyStateProps {
  readonly icon: ComponentType<{ className?: string }>;
  readonly title: string;
  /** What this is and why it is empty. */
  readonly children: ReactNode;
  /** The one next step as a button… */
  readonly action?: ReactNode;
  /** …and as a command. */
  readonly command?: string;
  readonly compact?: boolean;
  /** Where it is the whole page, its title is the page's. */
  readonly isPage?: boolean;
}

export function EmptyState({ icon: Icon, title, children, action, command, compact = false, isPage = false }: EmptyStateProps) {
  const Heading = isPage ? "h1" : "h2";
  return (
    <div className={cn("mx-auto flex max-w-md flex-col items-center text-center", compact ? "px-4 py-8" : "px-6 py-16")}>
      <span className="grid size-9 place-items-center rounded-lg border border-line bg-panel text-ink-3 shadow-card">
        <Icon className="size-4" />
      </span>
      <Heading className="mt-3 font-medium text-base text-ink">{title}</Heading>
      <p className="mt-1 text-balance text-ink-2 text-sm">{children}</p>
      {action && <div className="mt-4">{action}</div>}
      {command && <CommandLine command={command} className="mt-4 w-full text-left" />}
    </div>
  );
}

interface ErrorStateProps {
  readonly error: ErrorInfo;
  /** What could not be shown: "the runs". */
  readonly what: string;
  readonly onRetry?: () => void;
  readonly retrying?: boolean;
}

/** Message, hint, retry; the code is folded away for whoever reports it. */
export function ErrorState({ error, what, onRetry, retrying = false }: ErrorStateProps) {
  return (
    <div role="alert" className="mx-auto flex max-w-lg flex-col items-center px-6 py-12 text-center">
      <span className="grid size-9 place-items-center rounded-lg border border-bad/30 bg-bad-soft text-bad">
        <CircleAlert className="size-4" aria-hidden="true" />
      </span>
      <h2 className="mt-3 font-medium text-base text-ink">Could not show {what}</h2>
      <p className="mt-1 text-balance text-ink-2 text-sm">{error.message}</p>
      {error.hint && <p className="mt-1 text-balance text-ink-2 text-sm">{error.hint}</p>}
      {onRetry && (
        <Button className="mt-4" onClick={onRetry} disabled={retrying}>
          <RotateCw className={cn(retrying && "animate-spin")} aria-hidden="true" />
          {retrying ? "Trying again" : "Try again"}
        </Button>
      )}
      <details className="mt-3 text-ink-3 text-xs">
        <summary>Details</summary>
        <p className="mt-1 font-mono">
          {error.code}
          {error.retryable ? " · trying again may help" : " · trying again will not help"}
        </p>
      </details>
    </div>
  );
}
