import type { Origin } from "../../domain/index.ts";

interface Managed {
  readonly managedBy: string;
  readonly origin: Origin | null;
}

/** "It is managed by repo feast_demo, in features.ts:12." */
export function managedInWords({ managedBy, origin }: Managed): string {
  return `It is managed by ${managedBy.replace(":", " ")}${origin === null ? "" : `, in ${origin.file}:${origin.line}`}.`;
}
