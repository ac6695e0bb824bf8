import { LarderError } from "../../kit/index.ts";
import type { RowSpace } from "../port.ts";

/*
 * The keys of a row space. What stands in braces decides the slot on a cluster, so all views of one entity share one:
 *   L{<project>:<entity key>}<version>   a packed row
 *   L{<project>}rows:<version>           a hash: how many rows, how many writes
 *   L{<project>}epoch                    the epoch
 * Entity keys are any bytes. Project and version hold letters, digits, _ and -, so a key can be read in one way only.
 */

export interface RowKeys {
  readonly prefix: Buffer;
  readonly suffix: Buffer;
  /** For SCAN: matches the rows of this space and nothing else. */
  readonly pattern: string;
  /** The hash beside the rows. */
  readonly hash: string;
}

export function rowKeys({ project, version }: RowSpace): RowKeys {
  for (const part of [project, version]) {
    if (!/^[A-Za-z0-9_-]+$/.test(part)) throw new LarderError("internal", `"${part}" cannot be part of a Redis key: only letters, digits, _ and - can.`);
  }
  const [prefix, suffix] = [`L{${project}:`, `}${version}`];
  return { prefix: Buffer.from(prefix), suffix: Buffer.from(suffix), pattern: `${prefix}*${suffix}`, hash: `${spaceHashPrefix(project)}${version}` };
}

const SPACES_MAX = 1_000;
const remembered = new Map<string, RowKeys>();

/** As rowKeys; made once for a space that is read again and again. */
export function rememberedRowKeys(space: RowSpace): RowKeys {
  const name = `${space.project}:${space.version}`;
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const made = rowKeys(space);
  if (remembered.size >= SPACES_MAX) remembered.clear();
  remembered.set(name, made);
  return made;
}

export function epochKey(project: string): string {
  return `L{${project}}epoch`;
}

/** The entity key inside a row's key. */
export function entityKeyIn(key: Buffer, { prefix, suffix }: RowKeys): Buffer {
  return key.subarray(prefix.length, key.length - suffix.length);
}

/** What the hashes of all spaces of a project begin with. */
export function spaceHashPrefix(project: string): string {
  return `L{${project}}rows:`;
}
