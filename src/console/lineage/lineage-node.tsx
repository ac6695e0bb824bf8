"use client";
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { Crosshair } from "lucide-react";
import { KIND_ICONS } from "../catalog/kinds.ts";
import { AppLink } from "../ui/link.tsx";
import { kindText, type LineageNode as LineageObject, nodeHref } from "./lineage-data.ts";

/** How a node stands out: on the thread that is looked at, off it, or neither. */
export type NodeLook = "plain" | "focus" | "on" | "off";

export type FlowNode = Node<{ readonly object: LineageObject; readonly look: NodeLook; readonly onFocusHere: () => void }, "object">;

const LOOKS: Readonly<Record<NodeLook, string>> = {
  plain: "border-line-strong bg-panel",
  focus: "border-accent-solid bg-accent-soft",
  on: "border-accent-line bg-panel",
  off: "border-line bg-panel opacity-35",
};

/** A card: its name leads to its page, the cross hair puts it in the middle. */
export function ObjectNode({ data: { object, look, onFocusHere } }: NodeProps<FlowNode>) {
  const Icon = KIND_ICONS[object.kind];
  const href = nodeHref(object);
  const inside = (
    <>
      <Icon className="size-3.5 shrink-0 text-ink-3" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium text-ink text-xs leading-4">{object.name}</span>
        <span className="block truncate text-2xs text-ink-3 leading-4">{kindText(object)}</span>
      </span>
    </>
  );
  const body = "flex h-full min-w-0 flex-1 items-center gap-2 rounded-l-lg pl-2.5 outline-offset-1";
  return (
    <div className={`flex h-11 w-[216px] items-center rounded-lg border shadow-card ${LOOKS[look]}`} title={object.description || undefined}>
      <Handle type="target" position={Position.Left} isConnectable={false} className="opacity-0!" />
      {href === null ? (
        <div className={body}>{inside}</div>
      ) : (
        <AppLink href={href} data-lineage-id={object.id} className={body}>
          {inside}
        </AppLink>
      )}
      {object.isDefined && look !== "focus" && (
        <button
          type="button"
          aria-label={`Show the lineage around ${object.name}`}
          title="Put it in the middle"
          onClick={onFocusHere}
          className="grid h-full w-8 shrink-0 place-items-center rounded-r-lg text-ink-3 hover:bg-hover hover:text-ink"
        >
          <Crosshair className="size-3.5" aria-hidden="true" />
        </button>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} className="opacity-0!" />
    </div>
  );
}
