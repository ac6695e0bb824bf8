import type { LarderHome } from "./larder-home.ts";

/** One bench: a thing that Larder does, timed beside a reference that does the same. */
export interface Bench {
  readonly name: string;
  readonly title: string;
  /** What it stands beside, in a sentence. */
  readonly reference: string;
  run(context: BenchContext): Promise<readonly Measure[]>;
}

export interface BenchContext {
  /** Small sizes: whether it works, not how fast it is. */
  readonly quick: boolean;
  readonly rounds: number;
  /** A folder of this bench alone; removed after it. */
  readonly folder: string;
  /** Opens a fresh Larder in that folder; closed after the bench. */
  readonly open: (options?: OpenOptions) => Promise<LarderHome>;
  readonly say: (line: string) => void;
}

export interface OpenOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Also connects this process to the registry and the stores. */
  readonly name?: string;
}

/** One figure, once per round; round i of both sides ran one after the other. */
export interface Measure {
  readonly what: string;
  readonly unit: string;
  readonly ours: readonly number[];
  readonly reference: readonly number[] | null;
  /** What ours divided by the reference should be. */
  readonly target?: { readonly min: number } | { readonly max: number };
  /** What ours itself should be. */
  readonly limit?: { readonly min: number } | { readonly max: number };
  /** Feast's figure for the same, as published for another machine. */
  readonly feastElsewhere?: number;
}
