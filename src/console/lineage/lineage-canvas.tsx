"use client";
import { Background, type Edge, MarkerType, MiniMap, Position, ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { Maximize, Minus, Plus } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, useCallback, useMemo, useRef, useState } from "react";
import { IconButton } from "../ui/icon-button.tsx";
import { NODE_HEIGHT, NODE_WIDTH, nodeTowards, type Place, placeNodes } from "./layout.ts";
import { type LineageGraph, type LineageNode, thread } from "./lineage-data.ts";
import { type FlowNode, type NodeLook, ObjectNode } from "./lineage-node.tsx";

export interface LineageCanvasProps {
  readonly graph: LineageGraph;
  /** The object in the middle; null: the whole project. */
  readonly focus: string | null;
  /** Nodes that a search found; null: there is none. */
  readonly found: ReadonlySet<string> | null;
  readonly onFocus: (node: LineageNode) => void;
}

const NODE_TYPES = { object: ObjectNode };
/** Names can be read down to this; what does not fit is moved to. */
const ZOOM_READABLE = 0.7;
const MAP_FROM_NODES = 40;

/** The graph: moved by dragging, zoomed by pinch or buttons, walked with Tab and the arrow keys. */
export function LineageCanvas(props: LineageCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({ graph, focus, found, onFocus }: LineageCanvasProps) {
  const places = useMemo(() => placeNodes(graph), [graph]);
  const [hovered, setHovered] = useState<string | null>(null);
  const lit = useMemo(() => (hovered === null ? null : thread(graph, hovered)), [graph, hovered]);
  const nodes = useMemo(
    () => graph.nodes.map((object) => flowNode(object, { places, look: lookOf(object.id, { focus, found, lit }), onFocus })),
    [graph, places, focus, found, lit, onFocus],
  );
  const edges = useMemo(() => graph.edges.map(({ from, to }) => flowEdge(from, to, lit)), [graph, lit]);
  const { walk, follow } = useKeys(places);
  const box = useRef<HTMLDivElement>(null);
  const start = useStart(graph, places, focus, box);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and focus of the links inside are caught here
    <div ref={box} className="h-full" onKeyDown={walk} onFocus={follow}>
      <ReactFlow<FlowNode, Edge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        onInit={start}
        onNodeMouseEnter={(_event, { id }) => setHovered(id)}
        onNodeMouseLeave={() => setHovered(null)}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        minZoom={0.1}
        maxZoom={1.5}
        preventScrolling={false}
        zoomOnScroll={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={24} size={1} color="var(--line)" bgColor="var(--sunken)" />
        {graph.nodes.length >= MAP_FROM_NODES && (
          <MiniMap
            pannable
            zoomable
            ariaLabel="Overview of the graph"
            bgColor="var(--panel)"
            maskColor="color-mix(in srgb, var(--ground) 70%, transparent)"
            nodeColor="var(--line-strong)"
            className="max-md:hidden"
          />
        )}
        <ZoomButtons />
      </ReactFlow>
    </div>
  );
}

function ZoomButtons() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <div className="absolute bottom-3 left-3 z-10 flex rounded-md border border-line bg-panel shadow-card">
      <IconButton label="Zoom in" onClick={() => void zoomIn({ duration: 120 })}>
        <Plus />
      </IconButton>
      <IconButton label="Zoom out" onClick={() => void zoomOut({ duration: 120 })}>
        <Minus />
      </IconButton>
      <IconButton label="Show all of it" onClick={() => void fitView({ duration: 200, padding: 0.1 })}>
        <Maximize />
      </IconButton>
    </div>
  );
}

/** Begins with all of the graph where its names can be read then, else with its focus or its beginning. */
function useStart(graph: LineageGraph, places: ReadonlyMap<string, Place>, focus: string | null, box: React.RefObject<HTMLDivElement | null>): () => void {
  const { setViewport, setCenter } = useReactFlow();
  return () => {
    const { clientWidth: width, clientHeight: height } = box.current ?? { clientWidth: 1_000, clientHeight: 600 };
    const all = [...places.values()];
    const right = Math.max(...all.map(({ x }) => x + NODE_WIDTH));
    const bottom = Math.max(...all.map(({ y }) => y + NODE_HEIGHT));
    const zoom = Math.min(1, width / (right + 48), height / (bottom + 48));
    if (zoom >= ZOOM_READABLE || graph.nodes.length === 0) {
      void setViewport({ x: (width - right * zoom) / 2, y: (height - bottom * zoom) / 2, zoom });
      return;
    }
    const middle = focus === null ? undefined : places.get(focus);
    if (middle) void setCenter(middle.x + NODE_WIDTH / 2, middle.y + NODE_HEIGHT / 2, { zoom: 0.9 });
    else void setViewport({ x: 24, y: 24, zoom: 0.9 });
  };
}

function useKeys(places: ReadonlyMap<string, Place>) {
  const { setCenter, getZoom } = useReactFlow();
  const walk = useCallback(
    (event: KeyboardEvent<HTMLDivElement>) => {
      const { key } = event;
      const id = event.target instanceof HTMLElement ? event.target.dataset.lineageId : undefined;
      if (id === undefined || (key !== "ArrowLeft" && key !== "ArrowRight" && key !== "ArrowUp" && key !== "ArrowDown")) return;
      event.preventDefault();
      const next = nodeTowards(places, id, key);
      if (next !== null) event.currentTarget.querySelector<HTMLElement>(`[data-lineage-id="${CSS.escape(next)}"]`)?.focus();
    },
    [places],
  );
  const follow = useCallback(
    ({ target }: FocusEvent<HTMLDivElement>) => {
      const place = target instanceof HTMLElement && target.matches(":focus-visible") ? places.get(target.dataset.lineageId ?? "") : undefined;
      if (place) void setCenter(place.x + NODE_WIDTH / 2, place.y + NODE_HEIGHT / 2, { zoom: Math.max(getZoom(), ZOOM_READABLE), duration: 150 });
    },
    [places, setCenter, getZoom],
  );
  return { walk, follow };
}

interface LookFacts {
  readonly focus: string | null;
  readonly found: ReadonlySet<string> | null;
  readonly lit: ReadonlySet<string> | null;
}

function lookOf(id: string, { focus, found, lit }: LookFacts): NodeLook {
  if (id === focus) return "focus";
  const marked = lit ?? found;
  return marked === null ? "plain" : marked.has(id) ? "on" : "off";
}

interface NodeFacts {
  readonly places: ReadonlyMap<string, Place>;
  readonly look: NodeLook;
  readonly onFocus: (node: LineageNode) => void;
}

function flowNode(object: LineageNode, { places, look, onFocus }: NodeFacts): FlowNode {
  const position = places.get(object.id) ?? { x: 0, y: 0 };
  const ports = { sourcePosition: Position.Right, targetPosition: Position.Left };
  return {
    id: object.id,
    type: "object",
    position,
    ...ports,
    width: NODE_WIDTH,
    height: NODE_HEIGHT,
    data: { object, look, onFocusHere: () => onFocus(object) },
  };
}

function flowEdge(from: string, to: string, lit: ReadonlySet<string> | null): Edge {
  const isLit = lit?.has(from) === true && lit.has(to);
  const colour = isLit ? "var(--accent)" : "var(--line-strong)";
  return {
    id: `${from} ${to}`,
    source: from,
    target: to,
    style: { stroke: colour, strokeWidth: isLit ? 1.75 : 1.25, opacity: lit !== null && !isLit ? 0.35 : 1 },
    markerEnd: { type: MarkerType.ArrowClosed, color: colour, width: 14, height: 14 },
  };
}
