import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ShownWindow } from "../../trpc/index.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/field.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { windowName, windowParam } from "./windows.ts";

interface WindowPickerProps {
  readonly windows: readonly ShownWindow[];
  readonly selected: Pick<ShownWindow, "start" | "end">;
  readonly onSelect: (start: Date) => void;
}

/** Which window is looked at: one back, one on, or any. */
export function WindowPicker({ windows, selected, onSelect }: WindowPickerProps) {
  const at = windows.findIndex(({ start }) => start.getTime() === selected.start.getTime());
  const [before, after, newest] = [windows[at - 1], windows[at + 1], windows.at(-1)];
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <IconButton label="The window before" look="secondary" disabled={!before} onClick={() => before && onSelect(before.start)}>
        <ChevronLeft />
      </IconButton>
      <Select
        aria-label="Window"
        className="h-7 w-auto py-0 text-xs"
        value={windowParam(selected.start)}
        onChange={(event) => onSelect(new Date(event.target.value))}
      >
        {windows.toReversed().map((window) => (
          <option key={window.start.getTime()} value={windowParam(window.start)}>
            {windowName(window)}, {window.verdict}
          </option>
        ))}
      </Select>
      <IconButton label="The window after" look="secondary" disabled={!after} onClick={() => after && onSelect(after.start)}>
        <ChevronRight />
      </IconButton>
      {after && newest && (
        <Button size="sm" look="ghost" onClick={() => onSelect(newest.start)}>
          the newest
        </Button>
      )}
    </div>
  );
}
