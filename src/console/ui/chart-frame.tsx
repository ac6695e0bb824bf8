"use client";
import { Download } from "lucide-react";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { notifyFailed } from "../shell/notify.tsx";
import { DataTable } from "./data-table.tsx";
import { type FigureTable, showFigure, toCsv } from "./figures.ts";
import { IconButton } from "./icon-button.tsx";
import { Menu, MenuItem } from "./menu.tsx";
import { Panel } from "./panel.tsx";
import { saveFile } from "./save-file.ts";
import { Segmented } from "./segmented.tsx";

const SHAPES = [
  { value: "chart", text: "Chart" },
  { value: "table", text: "Table" },
] as const;

interface ChartFrameProps {
  /** The question that the chart answers. */
  readonly title: string;
  readonly hint?: ReactNode;
  /** Name of the files it is saved as, without ending. */
  readonly file: string;
  readonly figures: FigureTable;
  /** Beside the switch of chart and table: what is drawn. */
  readonly action?: ReactNode;
  /** Below chart and table alike. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

/** A chart with its figures as a table one click away, to be saved as CSV or as a picture. */
export function ChartFrame({ title, hint, file, figures, action, foot, children }: ChartFrameProps) {
  const [shape, setShape] = useState<"chart" | "table">("chart");
  const chart = useRef<HTMLDivElement>(null);
  return (
    <Panel
      title={title}
      hint={hint && <span className="max-sm:hidden">{hint}</span>}
      action={
        <span className="flex shrink-0 items-center gap-1">
          {action}
          <Segmented label={`${title} Shown as`} value={shape} options={SHAPES} onChange={setShape} />
          <ExportMenu title={title} file={file} figures={figures} chart={shape === "chart" ? chart : null} />
        </span>
      }
    >
      {shape === "chart" ? <div ref={chart}>{children}</div> : <Figures caption={title} figures={figures} />}
      {foot}
    </Panel>
  );
}

interface ExportMenuProps extends Pick<ChartFrameProps, "title" | "file" | "figures"> {
  /** Null while no chart is drawn. */
  readonly chart: RefObject<HTMLElement | null> | null;
}

/** Saves figures as CSV, and their chart as a picture. */
export function ExportMenu({ title, file, figures, chart }: ExportMenuProps) {
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`Export: ${title}`} hint="Export">
          <Download />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => saveFile(`${file}.csv`, new Blob([toCsv(figures)], { type: "text/csv;charset=utf-8" }))}>Figures as CSV</MenuItem>
      {chart !== null && <MenuItem onSelect={() => void savePicture(chart.current, title, file)}>Chart as PNG</MenuItem>}
    </Menu>
  );
}

async function savePicture(chart: HTMLElement | null, title: string, file: string): Promise<void> {
  if (chart === null) return;
  try {
    const { drawPng } = await import("./draw-png.ts");
    saveFile(`${file}.png`, await drawPng(chart, title));
  } catch (error) {
    notifyFailed({ text: "The chart could not be saved as a picture.", detail: error instanceof Error ? error.message : undefined });
  }
}

function Figures({ caption, figures: { columns, rows } }: { readonly caption: string; readonly figures: FigureTable }) {
  const isNumber = columns.map((_, index) => rows.some((row) => typeof row[index] === "number"));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
    <section className="max-h-96 overflow-auto" tabIndex={0} aria-label={`${caption} The figures`}>
      <DataTable
        caption={caption}
        rows={rows.map((cells, at) => ({ cells, at }))}
        rowKey={({ at }) => at}
        columns={columns.map((column, index) => ({
          key: column.name,
          header: column.name,
          cell: ({ cells }: { readonly cells: (typeof rows)[number] }) => showFigure(cells[index], column),
          ...(isNumber[index] && { align: "right" as const }),
        }))}
      />
    </section>
  );
}
