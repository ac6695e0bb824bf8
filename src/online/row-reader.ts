import { isListType, itemType, type ViewSpec } from "../domain/index.ts";
import { formatTimestamp, type Micros } from "../kit/index.ts";
import { checkRow, eventTimeOf, heapEndOf, heapStartOf, isNullAt, type RowLayout, rowLayout, type Slot, slotOf } from "./row-layout.ts";
import { byteAt, float32FromWord, float64FromWords, int64FromWords, int64Text, uint32At } from "./row-words.ts";
import { readList } from "./unpack-row.ts";
import { asBuffer, readUtf8 } from "./utf8.ts";
import { float32Json, float64Json, valueJson } from "./value-json.ts";

/** Reads packed rows of one view version straight into JSON text, for serving. */
export interface RowReader {
  /** Event time; checks that the row is one of this release, so call it first. Throws internal when it is not. */
  eventTime(row: Uint8Array): Micros;
  /** Event time as a JSON string, ISO 8601. */
  eventTimeJson(row: Uint8Array): string;
  /** One per feature asked for, in that order. */
  readonly features: readonly FeatureReader[];
}

export interface FeatureReader {
  readonly name: string;
  isNull(row: Uint8Array): boolean;
  /** The value as JSON text (see valueJson), `null` for null. */
  json(row: Uint8Array): string;
}

/** A reader of these features of a view version. Throws internal for a feature that it has not. */
export function compileRowReader(spec: Pick<ViewSpec, "features">, features: readonly string[]): RowReader {
  const layout = rowLayout(spec.features);
  let lastEvent: Micros | null = null;
  let lastText = "";
  return {
    eventTime(row) {
      checkRow(layout, row);
      return eventTimeOf(row);
    },
    eventTimeJson(row) {
      const event = eventTimeOf(row);
      if (event !== lastEvent) {
        lastEvent = event; // rows of one view often share it
        lastText = `"${formatTimestamp(event)}"`;
      }
      return lastText;
    },
    features: features.map((name) => featureReader(layout, slotOf(layout, name))),
  };
}

function featureReader(layout: RowLayout, slot: Slot): FeatureReader {
  const text = slot.inHeap ? heapJson(layout, slot) : fixedJson(slot);
  return {
    name: slot.name,
    isNull: (row) => isNullAt(slot, row),
    json: (row) => (isNullAt(slot, row) ? "null" : text(row)),
  };
}

type ToJson = (row: Uint8Array) => string;

function fixedJson({ type, offset }: Slot): ToJson {
  switch (itemType(type)) {
    case "bool":
      return (row) => (byteAt(row, offset) === 1 ? "true" : "false");
    case "int32":
      return (row) => String(uint32At(row, offset) | 0);
    case "float32":
      return (row) => float32Json(float32FromWord(uint32At(row, offset)));
    case "float64":
      return (row) => float64Json(float64FromWords(uint32At(row, offset), uint32At(row, offset + 4)));
    case "timestamp":
      return (row) => `"${formatTimestamp(int64FromWords(uint32At(row, offset), uint32At(row, offset + 4)))}"`;
    default:
      return (row) => int64Text(uint32At(row, offset), uint32At(row, offset + 4));
  }
}

function heapJson(layout: RowLayout, slot: Slot): ToJson {
  const { type } = slot;
  const item = itemType(type);
  if (isListType(type)) return (row) => valueJson(type, readList(item, row, heapStartOf(layout, slot, row)));
  if (item === "string") return (row) => JSON.stringify(readUtf8(row, heapStartOf(layout, slot, row), heapEndOf(layout, slot, row)));
  return (row) => `"${asBuffer(row).toString("base64", heapStartOf(layout, slot, row), heapEndOf(layout, slot, row))}"`;
}
