import { createServer } from "node:net";
import { LarderError } from "../../kit/index.ts";

/** Throws failed_precondition naming port and variable when something listens there already. */
export function assertPortFree(host: string, port: number, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      const message = taken ? `Port ${port} is taken by another program.` : `Port ${port} of ${host} cannot be used (${error.code}).`;
      reject(new LarderError("failed_precondition", message, { hint: `Stop that program, or set ${variable} to another port.` }));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
