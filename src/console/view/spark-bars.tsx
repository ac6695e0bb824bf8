import { cn } from "../ui/cn.ts";

interface SparkBarsProps {
  readonly counts: readonly number[];
  readonly className?: string;
}

/** A distribution as small bars; the figures stand beside it. */
export function SparkBars({ counts, className }: SparkBarsProps) {
  const most = Math.max(1, ...counts);
  const step = 100 / Math.max(1, counts.length);
  return (
    <svg aria-hidden="true" viewBox="0 0 100 24" preserveAspectRatio="none" className={cn("h-5 w-24", className)}>
      {counts.map((count, index) => {
        const height = count === 0 ? 0 : Math.max(1.5, (count / most) * 24);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          <rect key={index} x={index * step + step * 0.08} y={24 - height} width={step * 0.84} height={height} rx="0.6" className="fill-accent-solid/70" />
        );
      })}
    </svg>
  );
}
