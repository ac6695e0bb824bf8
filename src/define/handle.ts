import type { Definition, ValueType } from "../domain/index.ts";
import type { CallSite } from "./call-site.ts";

/*
 * Words. A *handle* is what a builder gives back and what other builders take: frozen, typed by what can be referred to in it.
 * The *draft* behind it is what the loader reads: the domain record, where it was written, and what is wrong with it.
 * Builders never throw: a repo with ten mistakes shows ten.
 */

declare const brand: unique symbol;

/** An entity; `K`: the names of its join keys. */
export interface EntityHandle<K extends string = string> {
  readonly kind: "entity";
  readonly name: string;
  readonly [brand]: { readonly joinKeys: K };
}

export type SourceType = "file" | "postgres" | "kafka" | "push";

/** A data source of one of the types `T`. */
export interface SourceHandle<T extends SourceType = SourceType> {
  readonly kind: "data_source";
  readonly name: string;
  readonly type: T;
  readonly [brand]: "source";
}

/** What a feature service takes: a view, or a part of one. */
export interface FeatureReference {
  readonly name: string;
  readonly [brand]: "features";
}

/** Features of one view, shaped for a feature service. `F`: the features that can be picked, `K`: the view's join keys. */
export interface FeatureSelection<F extends string = string, K extends string = string> extends FeatureReference {
  readonly kind: "feature_selection";
  /** Only these features, in this order. */
  pick<P extends F>(...features: [P, ...P[]]): FeatureSelection<P, K>;
  /** Full names become `alias__feature`; with `joinKeys`, the view's join keys come under other names in requests: `{ city: "pickup_city" }`. */
  as(alias: string, joinKeys?: Readonly<Partial<Record<K, string>>>): FeatureSelection<F, K>;
}

/** A feature view. `F`: its features, `K`: its join keys. */
export interface ViewHandle<F extends string = string, K extends string = string> extends FeatureReference {
  readonly kind: "feature_view";
  /** Only these features, in this order. */
  pick<P extends F>(...features: [P, ...P[]]): FeatureSelection<P, K>;
  /** Full names become `alias__feature`; with `joinKeys`, the view's join keys come under other names in requests: `{ city: "pickup_city" }`. */
  as(alias: string, joinKeys?: Readonly<Partial<Record<K, string>>>): FeatureSelection<F, K>;
}

/** A feature service: the features that one model uses. */
export interface ServiceHandle {
  readonly kind: "feature_service";
  readonly name: string;
  readonly [brand]: "service";
}

/** SQL that reads `input`, the source's rows; made by the tag `sql`. */
export interface SqlQuery {
  readonly kind: "sql";
  readonly text: string;
  readonly [brand]: "sql";
}

/** How a message is written, and the fields in it; made by `json`. `F`: the names of the fields. */
export interface MessageFormatHandle<F extends string = string> {
  readonly type: "json";
  readonly fields: Readonly<Record<F, ValueType>>;
  readonly [brand]: "format";
}

/** Something wrong with a definition; `message` names it. */
export interface Mistake {
  readonly message: string;
  readonly site: CallSite | null;
}

export interface Draft<D extends Definition = Definition> {
  /** What could be made of it; null where too much is missing for others to build on. */
  readonly definition: D | null;
  /** `feature view "driver_stats"`, for messages. */
  readonly label: string;
  readonly site: CallSite | null;
  readonly mistakes: readonly Mistake[];
  /** Handles of the definitions that it names; the repo must export them too. */
  readonly references: readonly object[];
}

const drafts = new WeakMap<object, Draft>();

/** Guarantee of the cast: a brand exists for the type checker only; all that a handle really has is in `shape`. */
export function makeHandle<H extends object>(shape: Omit<H, typeof brand>, draft: Draft): H {
  const handle = Object.freeze(shape) as unknown as H;
  drafts.set(handle, Object.freeze(draft));
  return handle;
}

/** The brand alone, for values that are no definitions of their own; the same guarantee. */
export function brandOnly<H extends object>(shape: Omit<H, typeof brand>): H {
  return Object.freeze(shape) as unknown as H;
}

/** The draft behind a handle, or null for any other value. */
export function draftOf(value: unknown): Draft | null {
  return typeof value === "object" && value !== null ? (drafts.get(value) ?? null) : null;
}

/** The draft behind a handle of one kind, or null. */
export function draftOfKind<K extends Definition["kind"]>(kind: K, value: unknown): Draft<Extract<Definition, { kind: K }>> | null {
  const draft = draftOf(value);
  if (draft === null || (value as { kind?: unknown }).kind !== kind) return null;
  return draft as Draft<Extract<Definition, { kind: K }>>; // its handle's kind is its definition's, by makeHandle's callers
}
