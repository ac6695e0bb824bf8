import { cn } from "./cn.ts";

interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; null while the end is not known. */
  readonly share: number | null;
  readonly tone?: "accent" | "waiting" | "still";
  readonly className?: string;
}

const TONES = { accent: "bg-accent-solid", waiting: "bg-attention", still: "bg-ink-3" } as const;

export function ProgressBar({ label, share, tone = "accent", className }: ProgressBarProps) {
  const percent = share === null ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={cn("h-1.5 overflow-hidden rounded-full bg-pressed", className)}
    >
      {percent === undefined ? (
        <div className={cn("h-full w-2/5 animate-stripes rounded-full", TONES[tone])} />
      ) : (
        <div className={cn("h-full rounded-full transition-[width] duration-300 ease-out", TONES[tone])} style={{ width: `${percent}%` }} />
      )}
    </div>
  );
}
