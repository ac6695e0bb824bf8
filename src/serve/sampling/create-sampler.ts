import type { ViewVersion } from "../../domain/index.ts";
import type { Logger } from "../../kit/index.ts";
import { decodeRow } from "./decode-row.ts";
import { type RowDraw, rowDraw } from "./draw-rows.ts";
import {
  SAMPLING_DEFAULT,
  type SampleStore,
  type SamplingObserver,
  type SamplingRate,
  type ServedRows,
  type ServedSample,
  type ServedSampler,
} from "./port.ts";
import { type BufferLimits, SampleBuffer } from "./sample-buffer.ts";

export interface SamplerOptions {
  readonly store: SampleStore;
  readonly observer: SamplingObserver;
  readonly logger: Logger;
  readonly limits?: Partial<SamplerLimits>;
  /** Numbers in [0, 1). */
  readonly random?: () => number;
}

export interface SamplerLimits extends BufferLimits {
  /** Between two rounds of storing. */
  readonly flushMs: number;
  /** Between two looks at the settings. */
  readonly ratesMs: number;
  readonly batchRows: number;
  /** A round that begins so much later than it should finds the process busy, and drops what waits. */
  readonly lateMs: number;
}

const LIMITS: SamplerLimits = { rowsMax: 4_000, bytesMax: 4 * 1_048_576, flushMs: 500, ratesMs: 2_000, batchRows: 100, lateMs: 100 };

/** Keeps a share of what is served, behind the requests' back. It draws nothing before `start`, nor while the settings were never read. */
export interface RunningSampler extends ServedSampler {
  start(): void;
  /** Stores what waits, and reads the settings anew. */
  flush(): Promise<void>;
  /** Drops nothing that can still be stored; without the database it gives up at once. */
  stop(): Promise<void>;
}

export function createSampler(options: SamplerOptions): RunningSampler {
  return new Sampler(options);
}

class Sampler implements RunningSampler {
  readonly #options: SamplerOptions;
  readonly #limits: SamplerLimits;
  readonly #buffer: SampleBuffer;
  readonly #random: () => number;
  /** Project and view → rate; null before they were read once. */
  #rates: ReadonlyMap<string, SamplingRate> | null = null;
  #draws = new WeakMap<ViewVersion, RowDraw>();
  #timers: NodeJS.Timeout[] = [];
  #storing: Promise<void> | null = null;
  #reading: Promise<void> | null = null;
  #failing = false;

  constructor(options: SamplerOptions) {
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#buffer = new SampleBuffer(this.#limits);
    this.#random = options.random ?? Math.random;
  }

  start(): void {
    if (this.#timers.length > 0) return;
    void this.#readRates();
    let due = performance.now() + this.#limits.flushMs;
    const round = (): void => {
      const now = performance.now();
      if (now - due > this.#limits.lateMs) this.#options.observer.dropped("busy", this.#buffer.clear());
      else this.#store();
      due = now + this.#limits.flushMs;
    };
    this.#timers = [setInterval(round, this.#limits.flushMs).unref(), setInterval(() => void this.#readRates(), this.#limits.ratesMs).unref()];
  }

  look(served: ServedRows): void {
    const drawn = this.#drawOf(served).next(served.keys.length);
    if (drawn.length > 0) this.#keep(served, drawn);
  }

  async flush(): Promise<void> {
    await this.#readRates();
    await this.#store();
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    await this.#store();
  }

  #drawOf({ project, view }: ServedRows): RowDraw {
    const known = this.#draws.get(view);
    if (known !== undefined) return known;
    const rate = this.#rates === null ? NOTHING : (this.#rates.get(rateKey(project, view.view)) ?? SAMPLING_DEFAULT);
    const draw = rowDraw(rate, this.#random, performance.now());
    this.#draws.set(view, draw);
    return draw;
  }

  #keep(served: ServedRows, drawn: readonly number[]): void {
    const { observer } = this.#options;
    const granted = this.#drawOf(served).grant(drawn, performance.now());
    let full = 0;
    for (const index of granted) {
      const [key, row] = [served.keys[index], served.rows[index] ?? null];
      if (key === undefined) continue;
      if (!this.#buffer.hasRoom(key.length + (row?.length ?? 0))) full += 1;
      else this.#buffer.push({ ...identityOf(served), key: copy(key), row: row && copy(row), isExpired: served.isExpired(index) });
    }
    observer.sampled(drawn.length);
    if (granted.length < drawn.length) observer.dropped("rate_cap", drawn.length - granted.length);
    if (full > 0) observer.dropped("full", full);
  }

  /** One storing at a time; what comes meanwhile waits in the buffer, or finds it full. */
  #store(): Promise<void> {
    this.#storing ??= this.#storeBatches().finally(() => {
      this.#storing = null;
    });
    return this.#storing;
  }

  async #storeBatches(): Promise<void> {
    const { store, observer, logger } = this.#options;
    for (let batch = this.#nextBatch(); batch.length > 0; batch = this.#nextBatch()) {
      try {
        await store.add(batch);
        observer.stored(batch.length);
        this.#failing = false;
      } catch (error) {
        observer.dropped("store_failed", batch.length + this.#buffer.clear());
        if (!this.#failing) logger.warn({ err: error }, "served samples are dropped: the database does not take them; serving goes on");
        this.#failing = true;
      }
    }
  }

  #nextBatch(): readonly ServedSample[] {
    const batch: ServedSample[] = [];
    while (batch.length < this.#limits.batchRows) {
      const row = this.#buffer.shift();
      if (row === undefined) break;
      try {
        batch.push(decodeRow(row));
      } catch {
        this.#options.observer.dropped("unreadable", 1); // a read of it would have said so
      }
    }
    return batch;
  }

  /** One reading at a time: a database that hangs must not gather them. */
  #readRates(): Promise<void> {
    this.#reading ??= this.#readRatesOnce().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readRatesOnce(): Promise<void> {
    const read = await this.#options.store.rates().catch(() => null); // the last ones hold
    if (read === null) return;
    const rates = new Map(read.map((one) => [rateKey(one.project, one.view), one]));
    if (this.#rates !== null && isSame(this.#rates, rates)) return;
    this.#rates = rates;
    this.#draws = new WeakMap();
  }
}

const NOTHING: SamplingRate = { rate: 0, rowsPerSecondMax: 0 };

function identityOf({ project, view, features, servedAt }: ServedRows) {
  return { project, view, features, servedAt };
}

/** A row shares its memory with the whole answer of the store. */
function copy(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

function rateKey(project: string, view: string): string {
  return `${project}\n${view}`;
}

function isSame(a: ReadonlyMap<string, SamplingRate>, b: ReadonlyMap<string, SamplingRate>): boolean {
  return (
    a.size === b.size &&
    [...b].every(([key, { rate, rowsPerSecondMax }]) => {
      const other = a.get(key);
      return other?.rate === rate && other.rowsPerSecondMax === rowsPerSecondMax;
    })
  );
}
