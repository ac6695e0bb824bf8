import { toLarderError } from "../kit/index.ts";
import { createRuntime, readEnvironment } from "../runtime/index.ts";
import { startServe } from "./start-serve.ts";

/** The serving process: starts, serves until SIGINT or SIGTERM, finishes what is at work, ends. */
async function main(): Promise<void> {
  const environment = readEnvironment();
  const runtime = await createRuntime({ environment, name: "serve" });
  const server = await startServe({ runtime, host: environment.host, port: environment.servePort, hosts: environment.hosts }).catch(async (error: unknown) => {
    await runtime.dispose();
    throw error;
  });
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  // Requests that hang must not keep a stopped process alive.
  setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
  await server.stop();
  await runtime.dispose();
}

const STOP_MS_MAX = 4_000;

main().catch((error: unknown) => {
  const { code, message, hint } = toLarderError(error);
  const cause = code === "internal" && error instanceof Error ? `\n${error.stack}` : "";
  process.stderr.write(`larder serve: ${message}${hint === undefined ? "" : ` ${hint}`}${cause}\n`);
  process.exitCode = 1;
});
