import { ChevronLeft, ChevronRight } from "lucide-react";
import { formatCount } from "../format/index.ts";
import { Button } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";

interface PagerProps {
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

export function Pager({ page, pageSize, total, onPage }: PagerProps) {
  const last = Math.max(1, Math.ceil(total / pageSize));
  const from = total === 0 ? 0 : (page - 1) * pageSize + 1;
  if (page > last) {
    return (
      <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-2 border-line border-t px-3 py-2 text-ink-2 text-sm">
        There is no page {formatCount(page)} any more.
        <Button size="sm" onClick={() => onPage(last)}>
          Go to the last page
        </Button>
      </nav>
    );
  }
  return (
    <nav aria-label="Pages" className="tabular flex h-10 items-center justify-end gap-1 border-line border-t px-2 text-ink-2 text-xs">
      <span className="px-2">
        {formatCount(from)}–{formatCount(Math.min(total, page * pageSize))} of {formatCount(total)}
      </span>
      <IconButton label="Previous page" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <ChevronLeft />
      </IconButton>
      <IconButton label="Next page" disabled={page >= last} onClick={() => onPage(page + 1)}>
        <ChevronRight />
      </IconButton>
    </nav>
  );
}
