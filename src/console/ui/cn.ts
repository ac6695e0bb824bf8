import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({ extend: { classGroups: { "font-size": [{ text: ["2xs", "xs", "sm", "base", "lg", "xl"] }] } } });

/** Class names joined; a later Tailwind class takes the place of an earlier one of its group. */
export function cn(...inputs: ClassValue[]): string {
  return merge(clsx(inputs));
}
