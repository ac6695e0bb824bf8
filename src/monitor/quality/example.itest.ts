import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { generateHistory } from "../../../feature_repo/.feed/feed.ts";
import { loadRepo } from "../../define/index.ts";
import { applyRepo } from "../../registry/index.ts";
import { type PipelineWorld, pipelineWorld } from "../../testing/pipeline-world.ts";
import { watchQuality } from "./watch-quality.ts";

/* The example's data are healthy in this respect, drift and all: not one of their days may be called bad. */

let world: PipelineWorld;
beforeAll(async () => {
  world = await pipelineWorld();
  const directory = join(world.home, "demo");
  await mkdir(directory, { recursive: true });
  await generateHistory({ directory, now: new Date(), drivers: 100, days: 50 });
}, 120_000);
afterAll(() => world.dispose());

it("leaves the example quiet", { timeout: 120_000 }, async () => {
  const { runtime } = world;
  const repo = await loadRepo(join(import.meta.dirname, "../../../feature_repo"));
  await applyRepo(runtime, { actor: runtime.localOwner, repo, allowRemovals: true });
  await watchQuality(runtime, new AbortController().signal);
  const looks = await runtime.qualityStore.looks(repo.project, null);
  expect(looks.map(({ view, error }) => [view, error])).toEqual(
    repo.definitions.flatMap(({ definition }) => (definition.kind === "feature_view" ? [[definition.name, null]] : [])).sort(),
  );
  const windows = await runtime.qualityStore.windows(
    repo.project,
    looks.map(({ view }) => view),
    0n,
  );
  expect(windows.flatMap(({ view, findings }) => findings.map(({ text }) => `${view}: ${text}`))).toEqual([]);
  expect(windows.filter(({ state }) => state === "good").length).toBeGreaterThan(400);
  expect((await runtime.incidents.list({ project: repo.project, page: 1, pageSize: 10 })).rows).toEqual([]);
});
