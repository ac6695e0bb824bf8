import type { Column } from "../domain/index.ts";
import { type FeatureReader, valueJson } from "../online/index.ts";
import { BodyWriter, type SharedText, sharedText } from "./body-writer.ts";
import { valueAt } from "./coerce-column.ts";
import type { PlannedRead, ReadPlan } from "./read-plan.ts";
import { type EntityRowsRead, LIVE, NOT_FOUND, type RowsRead } from "./read-rows.ts";

/*
 * The answer is written as text, a column at a time: no object is made per value. Times are the same for all features of a view,
 * and so are the statuses unless a value is null, so their text is made once per view.
 */

/** What Feast's server answers where there is no time: for join keys, and for rows not found. */
const NO_TIME = '"1970-01-01T00:00:00Z"';
const STATUS: readonly string[] = ['"NOT_FOUND"', '"OUTSIDE_MAX_AGE"', '"PRESENT"'];
const NULL_VALUE = '"NULL_VALUE"';

export interface AnswerOptions {
  /** Adds to the metadata which version each view answered from. */
  readonly namesVersions: boolean;
}

/** The body of an answer to get-online-features, as text or as UTF-8 bytes; its shape is Feast's. */
export function onlineFeaturesJson({ plan, entities, reads }: EntityRowsRead, { namesVersions }: AnswerOptions): string | Buffer {
  const { rowCount, echo } = entities;
  const names = [...echo.map(({ name }) => JSON.stringify(name)), ...(plan.outputs.length === 0 ? [] : [plan.namesJson])];
  const versions = namesVersions ? `,"feature_view_metadata":${versionsJson(plan)}` : "";
  const body = new BodyWriter();
  body.add(`{"metadata":{"feature_names":[${names.join(",")}]${versions}},"results":[`);
  let before = "";
  const add = (values: string, { statuses, times }: Shared): void => {
    body.add(`${before}{"values":[${values}`);
    body.addShared(statuses);
    body.addShared(times);
    before = ",";
  };
  const keyTexts = sharedOf(repeat(STATUS[LIVE] ?? "", rowCount), repeat(NO_TIME, rowCount));
  for (const column of echo) add(echoValues(column, rowCount), keyTexts);
  const shared = reads.map((read, index) => sharedByFeatures(plan.reads[index], read));
  for (const { from } of plan.outputs) {
    const read = from === null ? undefined : reads[from.read];
    const reader = from === null ? undefined : plan.reads[from.read]?.reader.features[from.slot];
    const texts = from === null ? undefined : shared[from.read];
    if (read === undefined || reader === undefined || texts === undefined) {
      add(repeat("null", rowCount), sharedOf(repeat(STATUS[NOT_FOUND] ?? "", rowCount), repeat(NO_TIME, rowCount)));
    } else {
      const { values, nulls } = featureValues(reader, read);
      add(values, nulls === 0 ? texts : { ...texts, statuses: statusesText(statusesWithNulls(reader, read)) });
    }
  }
  body.add("]}");
  return body.take();
}

/** What follows the values of a result, up to its end. */
interface Shared {
  readonly statuses: SharedText;
  readonly times: SharedText;
}

function sharedOf(statuses: string, times: string): Shared {
  return { statuses: statusesText(statuses), times: sharedText(`],"event_timestamps":[${times}]}`) };
}

function statusesText(statuses: string): SharedText {
  return sharedText(`],"statuses":[${statuses}`);
}

function sharedByFeatures(plan: PlannedRead | undefined, { rows, states }: RowsRead): Shared {
  const statuses = new Array<string>(rows.length);
  const times = new Array<string>(rows.length);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? null;
    statuses[index] = STATUS[states[index] ?? NOT_FOUND] ?? "";
    times[index] = row === null || plan === undefined ? NO_TIME : plan.reader.eventTimeJson(row);
  }
  return sharedOf(statuses.join(","), times.join(","));
}

function featureValues(reader: FeatureReader, { rows, states }: RowsRead): { readonly values: string; readonly nulls: number } {
  const values = new Array<string>(rows.length);
  let nulls = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? null;
    let text = "null";
    if (row !== null && states[index] === LIVE) {
      if (reader.isNull(row)) nulls += 1;
      else text = reader.json(row);
    }
    values[index] = text;
  }
  return { values: values.join(","), nulls };
}

function statusesWithNulls(reader: FeatureReader, { rows, states }: RowsRead): string {
  const statuses = rows.map((row, index) => {
    const isNull = row !== null && states[index] === LIVE && reader.isNull(row);
    return isNull ? NULL_VALUE : (STATUS[states[index] ?? NOT_FOUND] ?? "");
  });
  return statuses.join(",");
}

function echoValues(column: Column, rowCount: number): string {
  const texts = Array.from({ length: rowCount }, (_, row) => valueJson(column.type, valueAt(column, row)));
  return texts.join(",");
}

function repeat(text: string, count: number): string {
  return `${`${text},`.repeat(count - 1)}${text}`;
}

function versionsJson(plan: ReadPlan): string {
  const versions = new Map(plan.reads.map(({ view }) => [view.view, view.versionNumber]));
  return JSON.stringify([...versions].map(([name, version]) => ({ name, version })));
}
