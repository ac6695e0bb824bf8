import { fileURLToPath } from "node:url";
import type { Environment } from "../../runtime/index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** How to start one of Larder's processes. */
export interface ProcessSpec {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Small heaps: all processes together live on one machine beside other work. */
const HEAP = { worker: 384, console: 256 } as const;

export function processSpecs({ consolePort, host }: Environment): { readonly serve: ProcessSpec; readonly worker: ProcessSpec; readonly console: ProcessSpec } {
  const heap = (megabytes: number) => `--max-old-space-size=${megabytes}`;
  const next = ["node_modules/next/dist/bin/next", "start", "--port", String(consolePort), "--hostname", host];
  return {
    serve: { name: "serve", args: [`${root}src/http/main.ts`], env: {} },
    worker: { name: "worker", args: [heap(HEAP.worker), `${root}src/worker/main.ts`], env: {} },
    console: {
      name: "console",
      args: [heap(HEAP.console), ...next],
      env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production", NEXT_MANUAL_SIG_HANDLE: "true" },
    },
  };
}
