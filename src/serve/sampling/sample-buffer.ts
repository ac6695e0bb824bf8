import type { ViewVersion } from "../../domain/index.ts";
import type { Micros } from "../../kit/index.ts";

/** A drawn row as it was served, its bytes its own. */
export interface DrawnRow {
  readonly project: string;
  readonly view: ViewVersion;
  readonly features: readonly string[];
  readonly key: Uint8Array;
  readonly row: Uint8Array | null;
  readonly isExpired: boolean;
  readonly servedAt: Micros;
}

export interface BufferLimits {
  readonly rowsMax: number;
  readonly bytesMax: number;
}

/** Drawn rows that wait to be stored, first in first out; bounded in rows and bytes. */
export class SampleBuffer {
  readonly #limits: BufferLimits;
  #rows: DrawnRow[] = [];
  #first = 0;
  #bytes = 0;

  constructor(limits: BufferLimits) {
    this.#limits = limits;
  }

  get rows(): number {
    return this.#rows.length - this.#first;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether a row of so many bytes would still find room. */
  hasRoom(bytes: number): boolean {
    return this.rows < this.#limits.rowsMax && this.#bytes + bytes <= this.#limits.bytesMax;
  }

  push(row: DrawnRow): void {
    this.#rows.push(row);
    this.#bytes += bytesOf(row);
  }

  shift(): DrawnRow | undefined {
    const row = this.#rows[this.#first];
    if (row === undefined) return undefined;
    this.#first += 1;
    this.#bytes -= bytesOf(row);
    if (this.#first * 2 > this.#rows.length) {
      this.#rows = this.#rows.slice(this.#first);
      this.#first = 0;
    }
    return row;
  }

  /** Forgets all of it; how many there were. */
  clear(): number {
    const count = this.rows;
    this.#rows = [];
    this.#first = 0;
    this.#bytes = 0;
    return count;
  }
}

function bytesOf({ key, row }: DrawnRow): number {
  return key.length + (row?.length ?? 0);
}
