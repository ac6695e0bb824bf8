/** Next calls this once when its server starts: the database is opened before the first reader comes, and signals are heard from now on. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.NEXT_PHASE === "phase-production-build") return;
  const { getRuntime } = await import("./app/_server/runtime.ts");
  // A database that is not there yet is asked for again by the first page.
  getRuntime().catch(() => undefined);
}
