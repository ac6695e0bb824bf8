/** The part of the package that is used; its exports hide its own types. */
declare module "cephes" {
  /** Resolves when the functions below can be called. */
  export const compiled: Promise<void>;
  /** P(χ² > x). */
  export function chdtrc(freedom: number, x: number): number;
  /** P(D⁺ > d). */
  export function smirnov(n: number, d: number): number;
}
