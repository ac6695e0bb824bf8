import { afterEach, describe, expect, test, vi } from "vitest";
import { fixedClock, LarderError } from "../kit/index.ts";
import type { Project, RegistrySnapshot } from "../registry/index.ts";
import { aProject, aSnapshot, exampleDefinitions } from "../testing/builders.ts";
import { createSnapshotCache, type SnapshotCache } from "./snapshot-cache.ts";

/** A registry in memory: projects with their revision, a switch that takes it down, and a word of changes that can be held back. */
function aRegistry() {
  const projects = new Map<string, Project>([["rides", aProject()]]);
  const watchers = new Set<(project: string) => void>();
  const state = { isDown: false, loads: 0, gate: Promise.resolve() };
  const ask = async <T>(answer: () => T): Promise<T> => {
    if (state.isDown) throw new LarderError("unavailable", "The database does not answer.");
    await state.gate;
    return answer();
  };
  return {
    state,
    projects,
    listProjects: () => ask(() => [...projects.values()]),
    snapshot: (name: string) =>
      ask((): RegistrySnapshot | null => {
        state.loads += 1;
        const project = projects.get(name);
        return project === undefined ? null : { ...aSnapshot(exampleDefinitions), project };
      }),
    watch: (onChange: (project: string) => void) =>
      ask(() => {
        watchers.add(onChange);
        return { stop: async () => void watchers.delete(onChange) };
      }),
    change(name: string, isTold: boolean) {
      const project = projects.get(name) ?? aProject({ name, revision: 0 });
      projects.set(name, { ...project, revision: project.revision + 1 });
      if (isTold) for (const watcher of watchers) watcher(name);
    },
    watchers,
  };
}

let cache: SnapshotCache | null = null;
afterEach(async () => {
  await cache?.stop();
  cache = null;
});

function open(registry: ReturnType<typeof aRegistry>, pollMs = 10_000) {
  const failures: unknown[] = [];
  cache = createSnapshotCache({ registry, clock: fixedClock(0n), observer: { refreshFailed: (error) => failures.push(error) }, pollMs });
  return { cache, failures };
}

async function revision(of: SnapshotCache, project = "rides"): Promise<number> {
  return (await of.get(project)).project.revision;
}

describe("a cache that was not started", () => {
  test("names the projects without beginning to watch", async () => {
    const registry = aRegistry();
    const { cache } = open(registry);
    await expect(cache.get("ridez")).rejects.toMatchObject({ code: "not_found", hint: expect.stringContaining("rides") });
    expect(await cache.projects()).toEqual(["rides"]);
    expect(registry.watchers.size).toBe(0);
  });
});

describe("a snapshot", () => {
  test("is loaded once for reads that come together, and then is at hand", async () => {
    const registry = aRegistry();
    const { cache } = open(registry);
    await Promise.all([revision(cache), revision(cache), revision(cache)]);
    expect(registry.state.loads).toBe(1);
    expect(cache.get("rides")).not.toBeInstanceOf(Promise);
  });

  test("follows the registry's word of a change", async () => {
    const registry = aRegistry();
    const { cache } = open(registry);
    await cache.start();
    await revision(cache);
    registry.change("rides", true);
    await vi.waitFor(async () => expect(await revision(cache)).toBe(2));
  });

  test("follows a change whose word was lost", async () => {
    const registry = aRegistry();
    const { cache } = open(registry, 5);
    await cache.start();
    await revision(cache);
    registry.change("rides", false);
    await vi.waitFor(async () => expect(await revision(cache)).toBe(2));
  });

  test("serves on, without waiting, while a newer one loads or the registry is down", async () => {
    const registry = aRegistry();
    const { cache, failures } = open(registry, 5);
    await cache.start();
    await revision(cache);
    let open_ = () => {};
    registry.state.gate = new Promise((resolve) => {
      open_ = resolve;
    });
    registry.change("rides", true);
    expect(cache.get("rides")).toMatchObject({ project: { revision: 1 } });
    open_();
    await vi.waitFor(() => expect(cache.get("rides")).toMatchObject({ project: { revision: 2 } }));
    registry.state.isDown = true;
    await vi.waitFor(() => expect(failures.length).toBeGreaterThan(0));
    expect(cache.get("rides")).toMatchObject({ project: { revision: 2 } });
    registry.state.isDown = false;
    registry.change("rides", false);
    await vi.waitFor(() => expect(cache.get("rides")).toMatchObject({ project: { revision: 3 } }));
  });

  test("asked for fresh is no older than the question, though one was loading already", async () => {
    const registry = aRegistry();
    const { cache } = open(registry);
    let open_ = () => {};
    registry.state.gate = new Promise((resolve) => {
      open_ = resolve;
    });
    const first = cache.get("rides");
    registry.change("rides", false);
    const fresh = cache.refresh("rides");
    open_();
    await first;
    expect((await fresh).project.revision).toBe(2);
  });
});

describe("a project that is not there", () => {
  test("is not_found with the names there are, and asks the registry once between looks", async () => {
    const registry = aRegistry();
    const { cache } = open(registry);
    await cache.start();
    await expect(revision(cache, "rdies")).rejects.toMatchObject({ code: "not_found", hint: expect.stringContaining("rides") });
    await expect(revision(cache, "rdies")).rejects.toMatchObject({ code: "not_found" });
    expect(registry.state.loads).toBe(1);
  });

  test("is found once it is made", async () => {
    const registry = aRegistry();
    const { cache } = open(registry, 5);
    await cache.start();
    await expect(revision(cache, "food")).rejects.toMatchObject({ code: "not_found" });
    registry.change("food", false);
    await vi.waitFor(async () => expect(await revision(cache, "food")).toBe(1));
    expect(await cache.projects()).toEqual(["food", "rides"]);
  });

  test("goes when it is removed", async () => {
    const registry = aRegistry();
    const { cache } = open(registry, 5);
    await cache.start();
    await revision(cache);
    registry.projects.delete("rides");
    await vi.waitFor(async () => await expect(Promise.resolve(cache.get("rides"))).rejects.toMatchObject({ code: "not_found" }));
  });
});

test("without a registry the first read says so, and works once it is back", async () => {
  const registry = aRegistry();
  registry.state.isDown = true;
  const { cache } = open(registry, 5);
  await cache.start();
  await expect(revision(cache)).rejects.toMatchObject({ code: "unavailable" });
  registry.state.isDown = false;
  expect(await revision(cache)).toBe(1);
  await vi.waitFor(() => expect(registry.watchers.size).toBe(1));
});

test("stopped, it leaves no watcher behind", async () => {
  const registry = aRegistry();
  const { cache } = open(registry, 5);
  await cache.start();
  await cache.stop();
  expect(registry.watchers.size).toBe(0);
});
