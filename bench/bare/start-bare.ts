import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../src/testing/free-port.ts";
import type { LarderHome } from "../harness/larder-home.ts";
import { answers, type Started, startNode } from "../harness/processes.ts";
import type { BareConfig } from "./stored-rows.ts";

/** What a bare server must know of a project to read or write its rows in a store: where they are, and how they lie there. */
export async function bareConfig(larder: LarderHome, project: string, store: BareConfig["store"]): Promise<BareConfig> {
  const snapshot = await larder.runtime.registry.snapshot(project);
  if (snapshot === null) throw new Error(`there is no project ${project}`);
  const views = [...snapshot.views.values()].map(({ newest }) => ({
    name: newest.view,
    version: newest.versionId,
    ttlMs: (newest.ttlSeconds ?? 0) * 1_000,
    features: newest.features.map(({ name, type }) => ({ name, type })),
  }));
  return { port: await freePort(), store, project: snapshot.project.onlineId, views };
}

/** Starts a bare server, a program that is given its config as a file. */
export async function startBare(config: BareConfig, { folder, program }: { readonly folder: string; readonly program: URL }) {
  const path = join(folder, `bare-${config.port}.json`);
  await writeFile(path, JSON.stringify(config));
  const isReady = (): Promise<boolean> => answers(`http://127.0.0.1:${config.port}/health`);
  const server: Started = await startNode({ args: [fileURLToPath(program), path], isReady });
  return { ...server, port: config.port };
}
