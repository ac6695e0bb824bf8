import { createHash } from "node:crypto";
import type { Actor, AuditEntry } from "../domain/index.ts";
import { canonicalJson, type Json, toDate } from "../kit/index.ts";

/*
 * The audit trail is a hash chain: each line holds the hash of the line before it, and its own hash covers that and all it says.
 * A changed line no longer has its hash, a removed one leaves a gap, and the head (count and last hash, kept apart) tells when the end is cut off.
 */

/** What a line says, in the form that is stored and hashed: time in ISO 8601 with milliseconds, nothing but JSON. */
export interface AuditLine {
  readonly at: string;
  readonly actor: Pick<Actor, "kind" | "id" | "name">;
  readonly action: string;
  readonly project: string;
  readonly subject: string;
  readonly detail: Json;
}

export interface ChainedLine extends AuditLine {
  readonly previous: string; // "" for the first line
  readonly hash: string;
}

export interface AuditHead {
  readonly rows: number;
  readonly hash: string;
}

export interface BrokenLink {
  /** Position in the trail, from 1. */
  readonly line: number;
  readonly reason: string;
}

export function auditLine({ at, actor, action, project, subject, detail }: AuditEntry): AuditLine {
  const { kind, id, name } = actor;
  return { at: toDate(at).toISOString(), actor: { kind, id, name }, action, project, subject, detail: plainJson(detail) };
}

/** What JSON cannot hold is written as text: a bigint as its digits. */
function plainJson(value: unknown): Json {
  const text = JSON.stringify(value, (_key, entry: unknown) => (typeof entry === "bigint" ? entry.toString() : entry));
  return JSON.parse(text ?? "null") as Json;
}

/** SHA-256 over the hash before and the canonical JSON of the line, as hex. */
function auditHash(previous: string, line: AuditLine): string {
  const { at, actor, action, project, subject, detail } = line;
  const text = canonicalJson({ at, actor: { kind: actor.kind, id: actor.id, name: actor.name }, action, project, subject, detail });
  return createHash("sha256").update(previous).update("\n").update(text).digest("hex");
}

/** Hangs lines onto the end of a chain, in order. */
export function chainLines(previous: string, lines: readonly AuditLine[]): readonly ChainedLine[] {
  let last = previous;
  return lines.map((line) => {
    const chained = { ...line, previous: last, hash: auditHash(last, line) };
    last = chained.hash;
    return chained;
  });
}

/** Follows a chain line by line; `check` gives the first break, `end` compares with the head. */
export function chainFollower() {
  let rows = 0;
  let hash = "";
  return {
    check(line: ChainedLine): BrokenLink | null {
      rows += 1;
      if (line.previous !== hash) return { line: rows, reason: "the line before it was removed, or lines changed places" };
      if (auditHash(line.previous, line) !== line.hash) return { line: rows, reason: "the line was changed" };
      hash = line.hash;
      return null;
    },
    end(head: AuditHead): BrokenLink | null {
      if (rows === head.rows && hash === head.hash) return null;
      return { line: rows, reason: `the trail ends after ${rows} lines, ${head.rows} were written` };
    },
  };
}
