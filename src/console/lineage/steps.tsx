import { Segmented } from "../ui/segmented.tsx";

const OPTIONS = ["0", "1", "2", "all"] as const;

interface StepsProps {
  readonly label: string;
  /** null: all the way. */
  readonly value: number | null;
  readonly onChange: (steps: number | null) => void;
}

/** How many steps from the focus are shown. */
export function Steps({ label, value, onChange }: StepsProps) {
  const shown = OPTIONS.find((option) => option === String(value)) ?? "all";
  return (
    <span className="flex items-center gap-1.5 text-ink-2 text-xs">
      {label}
      <Segmented
        label={`${label} steps`}
        value={shown}
        options={OPTIONS.map((option) => ({ value: option, text: option, name: option === "all" ? `${label}: all steps` : `${label}: ${option} steps` }))}
        onChange={(next) => onChange(next === "all" ? null : Number(next))}
      />
    </span>
  );
}
