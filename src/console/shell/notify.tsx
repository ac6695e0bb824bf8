"use client";
import { CircleAlert, CircleCheck } from "lucide-react";
import { errorInfoOf } from "../ui/error-info.ts";
import { showToast } from "../ui/toasts.ts";

interface Notice {
  readonly text: string;
  readonly detail?: string | undefined;
  /** Takes back what was done; offered only where that is possible. */
  readonly undo?: (() => void) | undefined;
}

/** Tells that something was done. */
export function notify({ text, detail, undo }: Notice): void {
  showToast((dismiss) => <NoticeBox onDismiss={dismiss} kind="done" text={text} detail={detail} undo={undo} />, { durationMs: undo ? 10_000 : 5_000 });
}

/** Tells that something could not be done, and what to do. */
export function notifyError(error: unknown): void {
  const { message, hint } = errorInfoOf(error);
  notifyFailed({ text: message, detail: hint ?? undefined });
}

/** The same for what failed here in the browser. */
export function notifyFailed({ text, detail }: Pick<Notice, "text" | "detail">): void {
  showToast((dismiss) => <NoticeBox onDismiss={dismiss} kind="failed" text={text} detail={detail} />, { durationMs: 12_000 });
}

interface NoticeBoxProps extends Notice {
  readonly onDismiss: () => void;
  readonly kind: "done" | "failed";
}

function NoticeBox({ onDismiss, kind, text, detail, undo }: NoticeBoxProps) {
  const Icon = kind === "done" ? CircleCheck : CircleAlert;
  return (
    <div
      role={kind === "failed" ? "alert" : undefined}
      className="flex w-[min(356px,calc(100vw-32px))] items-start gap-2.5 rounded-lg border border-line-strong bg-raised p-3 text-sm shadow-pop"
    >
      <Icon className={`mt-0.5 size-4 shrink-0 ${kind === "done" ? "text-good" : "text-bad"}`} aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium text-ink">{text}</p>
        {detail && <p className="break-words text-ink-2 text-xs">{detail}</p>}
      </div>
      {undo && (
        <button
          type="button"
          onClick={() => {
            onDismiss();
            undo();
          }}
          className="shrink-0 rounded-md border border-line-strong px-2 py-0.5 text-ink text-xs hover:bg-hover"
        >
          Undo
        </button>
      )}
    </div>
  );
}
