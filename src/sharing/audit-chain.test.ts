import fc from "fast-check";
import { expect, test } from "vitest";
import type { AuditEntry } from "../domain/index.ts";
import { localOwner } from "../testing/builders.ts";
import { auditLine, type ChainedLine, chainFollower, chainLines } from "./audit-chain.ts";

function entry(action: string, detail: Readonly<Record<string, unknown>> = {}): AuditEntry {
  return { at: 1_700_000_000_123_456n, actor: localOwner, action, project: "rides", subject: "feature_view:driver_stats", detail };
}

function chain(count: number): ChainedLine[] {
  return [
    ...chainLines(
      "",
      Array.from({ length: count }, (_, index) => auditLine(entry(`act ${index}`))),
    ),
  ];
}

/** The first break of these lines, against the head of the chain they came from. */
function verdict(lines: readonly ChainedLine[], written: readonly ChainedLine[]) {
  const follower = chainFollower();
  for (const line of lines) {
    const broken = follower.check(line);
    if (broken !== null) return broken;
  }
  return follower.end({ rows: written.length, hash: written.at(-1)?.hash ?? "" });
}

test("an untouched chain holds, an empty one too", () => {
  expect(verdict(chain(5), chain(5))).toBeNull();
  expect(verdict([], [])).toBeNull();
});

test("any removed line shows, the last one too", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (count, pick) => {
      const written = chain(count);
      expect(verdict(written.toSpliced(pick % count, 1), written)).not.toBeNull();
    }),
  );
});

test("any changed line shows, and where", () => {
  const written = chain(4);
  const forged = written.map((line, index) => (index === 2 ? { ...line, detail: { quietly: "changed" } } : line));
  expect(verdict(forged, written)).toEqual({ line: 3, reason: "the line was changed" });
});

test("two lines that changed places show", () => {
  const [a, b, c] = chain(3);
  if (!a || !b || !c) throw new Error("three lines were made");
  expect(verdict([a, c, b], [a, b, c])?.line).toBe(2);
});

test("a line holds only JSON, and a time in milliseconds", () => {
  expect(auditLine(entry("pushed", { rows: 3n, left: undefined }))).toMatchObject({ at: "2023-11-14T22:13:20.123Z", detail: { rows: "3" } });
});
