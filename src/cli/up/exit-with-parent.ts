/**
 * Preloaded into every process that `larder up` starts. Its stdin is a pipe from the supervisor: when that ends, the supervisor is gone
 * (killed, perhaps with -9), and nothing may be left behind.
 */
const PATIENCE_MS = 5_000;

process.stdin.on("error", () => undefined);
process.stdin.on("close", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), PATIENCE_MS).unref();
});
process.stdin.resume();
(process.stdin as unknown as { unref?(): void }).unref?.();
