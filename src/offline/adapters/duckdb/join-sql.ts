import type { JoinKey } from "../../../domain/index.ts";
import type { JoinView } from "../../port.ts";
import { quoteIdentifier } from "./quote.ts";
import { ROW_ORDER } from "./row-order.ts";
import { presentedSql } from "./value-types.ts";
import { featureColumn, keyColumn, selectRows, type ViewRows } from "./view-rows.ts";

/*
 * The point-in-time join as one statement; docs/adr/0002 says why this shape. Per view i:
 *   m<i>  for each entity row (n) the newest event time within reach, by ASOF join over keys and times alone, and one row that has it
 *   j<i>  all rows that have it, with their values: mostly one each, more where event times tie
 *   t<i>  the entity rows with a tie, decided by created time and place
 *   a<i>  the answers: one row per entity row that has any
 * With `knownAt`, m<i> comes from the best row known so far at each moment, and needs no decision of ties.
 */

export interface JoinPart {
  readonly rows: ViewRows;
  readonly join: JoinView;
  /** The entity rows' columns e0, e1, … that hold this view's keys, in the order of the view's keys. */
  readonly entityKeys: readonly string[];
  readonly where: readonly string[];
  /** Only rows whose keys the entity rows have; worth it when those are few. */
  readonly onlyAskedKeys: boolean;
}

interface EntityStatement {
  readonly entityFrom: string;
  readonly entityTime: string;
  /** Distinct key expressions over the entity rows: e0, e1, … */
  readonly entityKeys: readonly string[];
  readonly entityColumns: readonly string[];
}

export interface JoinStatement extends EntityStatement {
  readonly parts: readonly JoinPart[];
  readonly knownAtDelaySeconds: number | null;
  readonly outputs: readonly string[];
}

export function joinSql(statement: JoinStatement): string {
  const { parts, entityColumns, outputs } = statement;
  const sqlOf = new Map(parts.flatMap((part, index) => part.join.features.map(({ feature, output }) => [output, answerSql(part, index, feature)])));
  const answers = outputs.map((output) => `${sqlOf.get(output)} AS ${quoteIdentifier(output)}`);
  const own = entityColumns.map((name, index) => `entity.c${index} AS ${quoteIdentifier(name)}`);
  const ctes = [entityCte(statement), ...parts.flatMap((part, index) => partCtes(part, index, statement.knownAtDelaySeconds))];
  return `WITH ${ctes.join(",\n")}
SELECT ${[...own, ...answers].join(", ")}
FROM entity ${parts.map((_, index) => `LEFT JOIN a${index} ON a${index}.n = entity.n`).join(" ")}
ORDER BY entity.n`;
}

function answerSql({ rows }: JoinPart, part: number, feature: string): string {
  const index = featureIndex(rows, feature);
  return presentedSql(rows.view.features[index]?.type ?? "string", `a${part}.${featureColumn(index)}`);
}

export function featureIndex(rows: Pick<ViewRows, "view">, feature: string): number {
  return rows.view.features.findIndex(({ name }) => name === feature);
}

function entityCte({ entityFrom, entityTime, entityKeys, entityColumns }: EntityStatement): string {
  const columns = [
    "file_row_number::UINTEGER AS n", // half the width of a BIGINT, and sorted several times
    `${entityTime} AS t`,
    ...entityKeys.map((sql, index) => `${sql} AS e${index}`),
    ...entityColumns.map((name, index) => `${quoteIdentifier(name)} AS c${index}`),
  ];
  return `entity AS MATERIALIZED (SELECT ${columns.join(", ")} FROM ${entityFrom})`;
}

function partCtes(part: JoinPart, index: number, knownAtDelaySeconds: number | null): readonly string[] {
  const wanted = [...new Set(part.join.features.map(({ feature }) => featureIndex(part.rows, feature)))];
  return knownAtDelaySeconds === null ? matchAndFetch(part, index, wanted) : matchKnown(part, index, wanted, knownAtDelaySeconds);
}

function sameKeys(keys: readonly JoinKey[], left: (index: number) => string, right: (index: number) => string): readonly string[] {
  return keys.map((_, index) => `${left(index)} = ${right(index)}`);
}

function narrowRows({ rows, where, onlyAskedKeys, entityKeys }: JoinPart, features: readonly number[]): string {
  const select = selectRows(rows, { features, where: rows.fits === null ? where : [...where, rows.fits] });
  if (!onlyAskedKeys || entityKeys.length === 0) return `(${select})`;
  const conditions = sameKeys(
    rows.view.joinKeys,
    (index) => `s.${keyColumn(index)}`,
    (index) => `entity.${entityKeys[index]}`,
  );
  return `(SELECT s.* FROM (${select}) s SEMI JOIN entity ON ${conditions.join(" AND ")})`;
}

function ttlCondition({ rows }: JoinPart, event: string): string {
  const ttl = ttlMicros(rows.view);
  return ttl === null ? "" : `WHERE ${event} >= e.t - ${ttl}`;
}

/** A view's ttl, null where it has none or one longer than time itself. */
export function ttlMicros({ ttlSeconds }: { readonly ttlSeconds: number | null }): bigint | null {
  if (ttlSeconds === null || ttlSeconds <= 0) return null;
  const micros = BigInt(ttlSeconds) * 1_000_000n;
  return micros < 2n ** 61n ? micros : null; // 73,000 years
}

/** How many entity rows find a row whatever its age, and for how many of those it is older than ttl: one row of two counts. */
export function matchSql(entity: EntityStatement, part: JoinPart, knownAtDelaySeconds: number | null): string {
  const ttl = ttlMicros(part.rows.view);
  const { from, event } = knownAtDelaySeconds === null ? latestRow(part) : latestKnownRow(part, knownAtDelaySeconds);
  const expired = ttl === null ? "0" : `count(*) FILTER (WHERE ${event} < e.t - ${ttl})`;
  return `WITH ${entityCte(entity)} SELECT count(*), ${expired} FROM ${from}`;
}

/** The entity rows `e`, each with the newest row `f` by event time within reach. */
function latestRow(part: JoinPart): { readonly from: string; readonly event: string } {
  const keys = sameKeys(
    part.rows.view.joinKeys,
    (key) => `e.${part.entityKeys[key]}`,
    (key) => `f.${keyColumn(key)}`,
  );
  return { from: `entity e ASOF JOIN ${narrowRows(part, [])} f ON ${[...keys, "e.t >= f.ev"].join(" AND ")}`, event: "f.ev" };
}

function matchAndFetch(part: JoinPart, index: number, wanted: readonly number[]): readonly string[] {
  const keys = part.rows.view.joinKeys;
  const keyList = keys.map((_, key) => `f.${keyColumn(key)}, `).join("");
  const { from, event } = latestRow(part);
  const sameRow = [
    ...sameKeys(
      keys,
      (key) => `f.${keyColumn(key)}`,
      (key) => `m.${keyColumn(key)}`,
    ),
    "f.ev = m.ev",
  ].join(" AND ");
  const values = wanted.map(featureColumn);
  const list = (prefix: string): string => values.map((name) => `, ${prefix}${name}`).join("");
  const packed = `{${["r: r", ...values.map((name) => `${name}: ${name}`)].join(", ")}}`;
  return [
    `m${index} AS MATERIALIZED (
  SELECT e.n, ${keyList}f.ev, f.r AS slot FROM ${from} ${ttlCondition(part, event)})`,
    `j${index} AS MATERIALIZED (SELECT m.n, m.slot, f.cr, f.r${list("f.")} FROM ${narrowRows(part, wanted)} f JOIN m${index} m ON ${sameRow})`,
    `t${index} AS MATERIALIZED (
  SELECT n, arg_max(${packed}, ${ROW_ORDER}) AS best FROM j${index} WHERE n IN (SELECT n FROM j${index} WHERE r <> slot) GROUP BY n)`,
    `a${index} AS (
  SELECT n${list("")} FROM j${index} WHERE r = slot AND n NOT IN (SELECT n FROM t${index})
  UNION ALL SELECT n${values.map((name) => `, best.${name}`).join("")} FROM t${index})`,
  ];
}

/**
 * A row is known from `v` on: its event time, or its created time plus the delay, whichever is later. The best row by the order of rows among
 * those known at each `v` is a running maximum; the newest event time known is also the one that ttl is about.
 */
function latestKnownRow(part: JoinPart, delaySeconds: number): { readonly from: string; readonly event: string } {
  const keys = part.rows.view.joinKeys;
  const delay = BigInt(delaySeconds) * 1_000_000n;
  const partition = keys.length === 0 ? "" : `PARTITION BY ${keys.map((_, key) => keyColumn(key)).join(", ")} `;
  const keyList = keys.map((_, key) => `${keyColumn(key)}, `).join("");
  const sameKey = sameKeys(
    keys,
    (key) => `e.${part.entityKeys[key]}`,
    (key) => `f.${keyColumn(key)}`,
  );
  const known = `SELECT ${keyList}v, max({ev: ev, o: ${ROW_ORDER}, r: r}) OVER (${partition}ORDER BY v RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS best
    FROM (SELECT *, greatest(ev, coalesce(cr, ev) + ${delay}) AS v FROM ${narrowRows(part, [])})`;
  return { from: `entity e ASOF JOIN (${known}) f ON ${[...sameKey, "e.t >= f.v"].join(" AND ")}`, event: "f.best.ev" };
}

function matchKnown(part: JoinPart, index: number, wanted: readonly number[], delaySeconds: number): readonly string[] {
  const { from, event } = latestKnownRow(part, delaySeconds);
  const values = wanted.map((feature) => `, f.${featureColumn(feature)}`).join("");
  return [
    `m${index} AS MATERIALIZED (SELECT e.n, f.best.r AS slot FROM ${from} ${ttlCondition(part, event)})`,
    `a${index} AS (SELECT m.n${values} FROM ${narrowRows(part, wanted)} f JOIN m${index} m ON f.r = m.slot)`,
  ];
}
