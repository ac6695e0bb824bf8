import type { Measure } from "./bench.ts";
import { type Load, type LoadResult, runLoad } from "./load.ts";
import type { Started } from "./processes.ts";
import { interleave, type Side } from "./rounds.ts";

/** Both servers of a bench, by side. */
export type Servers = Readonly<Record<Side, Started & { readonly port: number }>>;

interface Served extends LoadResult {
  readonly processorMicros: number;
}

export interface Comparison {
  readonly servers: Servers;
  readonly rounds: number;
  readonly warmUpSeconds: number;
  /** Asked before each load; what a mark counts from must grow. */
  readonly load: () => Omit<Load, "port">;
}

/** Loads both servers in interleaved rounds, each warmed up before. */
export async function compareServers({ servers, rounds, warmUpSeconds, load }: Comparison): Promise<Record<Side, Served[]>> {
  for (const side of ["reference", "ours"] as const) await runLoad({ ...load(), seconds: warmUpSeconds, port: servers[side].port });
  return interleave({ rounds }, async (side) => {
    const server = servers[side];
    const before = server.processorSeconds();
    const result = await runLoad({ ...load(), port: server.port });
    return { ...result, processorMicros: ((server.processorSeconds() - before) * 1e6) / result.requests };
  });
}

/** Times and costs of a comparison, indented below what they belong to. */
export function timesOf(results: Record<Side, readonly Served[]>): readonly Measure[] {
  const measure = (what: string, unit: string, of: (one: Served) => number): Measure => ({
    what: `  ${what}`,
    unit,
    ours: results.ours.map(of),
    reference: results.reference.map(of),
  });
  return [
    measure("p50", "ms", ({ p50Ms }) => p50Ms),
    measure("p99", "ms", ({ p99Ms }) => p99Ms),
    measure("server's processor time per request", "µs", ({ processorMicros }) => processorMicros),
    measure("load generator's share of a core", "", ({ clientShare }) => clientShare),
  ];
}

export function peakMemory(servers: Servers, what: string): Measure {
  return { what, unit: "MB", ours: [servers.ours.peakMb()], reference: [servers.reference.peakMb()] };
}
