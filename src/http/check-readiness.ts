import { LarderError, toLarderError } from "../kit/index.ts";
import type { HttpDeps } from "./port.ts";

export interface ReadinessCheck {
  readonly name: string; // "database", "registry snapshot", "online store redis at 127.0.0.1:6379"
  readonly ok: boolean;
  /** What is wrong, for people; null when nothing is. */
  readonly problem: string | null;
}

export interface Readiness {
  readonly status: "ready" | "not ready";
  readonly checks: readonly ReadinessCheck[];
}

/** A part that does not answer within this counts as down. */
const PATIENCE_MS = 2_000;

/**
 * Asks everything that reads and writes need: the database, the snapshot and the online store of the project, or of all projects
 * served so far when none is named. A database that is down leaves reads working from memory, but it is said.
 */
export async function checkReadiness({ pingDatabase, serve }: HttpDeps, project: string | null): Promise<Readiness> {
  const checks = [check("database", pingDatabase)];
  for (const name of await projectsToCheck(serve.snapshots, project)) {
    checks.push(check(`registry snapshot of ${name}`, async () => serve.snapshots.get(name)));
    checks.push(check(`online store of ${name}`, async () => serve.onlineStores.forProject((await serve.snapshots.get(name)).project).ping()));
  }
  const answers = await Promise.all(checks);
  return { status: answers.every(({ ok }) => ok) ? "ready" : "not ready", checks: answers };
}

async function projectsToCheck(snapshots: HttpDeps["serve"]["snapshots"], project: string | null): Promise<readonly string[]> {
  if (project !== null) return [project];
  const served = snapshots.states().map((state) => state.project);
  if (served.length > 0) return served;
  const all = await within(PATIENCE_MS, snapshots.projects()).catch(() => []); // the database's own check says what is wrong
  return all.length === 1 ? all : [];
}

async function check(name: string, ask: () => Promise<unknown>): Promise<ReadinessCheck> {
  try {
    await within(PATIENCE_MS, ask());
    return { name, ok: true, problem: null };
  } catch (error) {
    return { name, ok: false, problem: toLarderError(error).message };
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LarderError("timeout", `It did not answer within ${ms / 1000} s.`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
