import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../src/testing/free-port.ts";
import type { LarderHome } from "../harness/larder-home.ts";
import { answers, type Started, startNode } from "../harness/processes.ts";
import type { BareConfig } from "./bare-rows.ts";

export interface BareOptions {
  readonly folder: string;
  /** bare-server.ts, or another beside it. */
  readonly program: string;
  readonly project: string;
  readonly store: BareConfig["store"];
}

/** Starts a bare server that knows where Larder put this project's rows. */
export async function startBare(larder: LarderHome, { folder, program, project, store }: BareOptions): Promise<Started & { readonly port: number }> {
  const snapshot = await larder.runtime.registry.snapshot(project);
  if (snapshot === null) throw new Error(`there is no project ${project}`);
  const port = await freePort();
  const views = [...snapshot.views.values()].map(({ newest }) => ({
    name: newest.view,
    version: newest.versionId,
    ttlMs: (newest.ttlSeconds ?? 0) * 1_000,
    features: newest.features.map(({ name, type }) => ({ name, type })),
  }));
  const config: BareConfig = { port, store, project: snapshot.project.onlineId, views };
  const path = join(folder, `bare-${port}.json`);
  await writeFile(path, JSON.stringify(config));
  const file = fileURLToPath(new URL(program, import.meta.url));
  const isReady = (): Promise<boolean> => answers(`http://127.0.0.1:${port}/health`);
  return { ...(await startNode({ args: [file, path], isReady })), port };
}
