import type { Micros } from "../../kit/index.ts";

export function toDate(micros: Micros): Date {
  return new Date(Number(micros / 1_000n));
}

export function toMicros(date: Date): Micros {
  return BigInt(date.getTime()) * 1_000n;
}
