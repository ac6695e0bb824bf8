import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Definition, definitionKey } from "../domain/index.ts";
import type { Transaction, Transactor } from "../kit/index.ts";
import { aFileSource, anEntity, aPushSource, aService, aView, exampleDefinitions, located, someFeatures, sqliteSettings } from "../testing/builders.ts";
import type { CatalogQuery, OnlineState, Project, Registry, RegistryCommit } from "./port.ts";

export interface RegistryWorld {
  readonly registry: Registry;
  readonly transactor: Transactor;
  dispose(): Promise<void>;
}

const [entity, source, view] = [anEntity(), aFileSource(), aView()];
const KINDS = ["feature_view", "feature", "entity", "data_source", "feature_service"] as const;

/** What every registry does. `open` gives one that is empty, or at least free of the project names used here. */
export function registryContract(name: string, open: () => Promise<RegistryWorld>): void {
  describe(`${name} as a registry`, () => {
    let world: RegistryWorld;
    let registry: Registry;
    let project = "";
    let count = 0;

    beforeAll(async () => {
      world = await open();
      registry = world.registry;
    });
    afterAll(() => world.dispose());
    beforeEach(() => {
      count += 1;
      project = `p${count}`;
    });

    const transact = <T>(work: (tx: Transaction) => Promise<T>) => world.transactor.transact(work);
    const commit = async (definitions: readonly Definition[], over: Partial<RegistryCommit> = {}): Promise<Project> => {
      const expectedRevision = (await registry.findProject(project))?.revision ?? 0;
      const whole = { project, settings: sqliteSettings, managedBy: `repo:${project}`, expectedRevision, removals: [] };
      return transact((tx) => registry.commit(tx, { ...whole, upserts: located(definitions), ...over }));
    };
    const versionNumbers = async (of = "driver_stats") => (await registry.versions(project, of)).map(({ version }) => version.versionNumber);
    const newest = async () => {
      const found = (await registry.snapshot(project))?.views.get("driver_stats");
      if (found === undefined) throw new Error("the view is not in the snapshot");
      return found;
    };
    const save = async (over: Partial<OnlineState> = {}) => {
      const { versionId } = (await newest()).newest;
      const state = {
        versionId,
        store: "sqlite",
        eventWatermark: null,
        createdWatermark: null,
        epoch: null,
        sourceFingerprint: null,
        ready: true,
        lastRunId: null,
      };
      await transact((tx) => registry.saveOnlineState(tx, project, { ...state, ...over }));
      return versionId;
    };

    describe("definitions", () => {
      test("come back as they were written, with place and manager", async () => {
        const rich = aView({ tags: { tier: "gold" }, team: "fleet", owner: "a@example.com", transform: "select '$1 %' from input", ttlSeconds: 3_155_760_000 });
        await commit([entity, source, rich, aService({ driver_stats: ["conv_rate"] })]);
        const all = await registry.definitions(project);
        expect(all.map(({ definition }) => definition)).toEqual([entity, source, rich, aService({ driver_stats: ["conv_rate"] })]);
        expect(all[2]).toMatchObject({ managedBy: `repo:${project}`, origin: { file: "features.ts", line: 3 } });
        expect(await registry.definition(project, "feature_view", "driver_stats")).toEqual(all[2]);
        expect(await registry.definition(project, "entity", "driver_stats")).toBeNull();
      });

      test("of two projects do not meet", async () => {
        await commit(exampleDefinitions);
        expect(await registry.definitions(`${project}x`)).toEqual([]);
        expect(await registry.snapshot(`${project}x`)).toBeNull();
        expect(await registry.findProject(`${project}x`)).toBeNull();
        expect((await registry.listProjects()).map((one) => one.name)).toContain(project);
      });

      test("that only moved keep their time of update", async () => {
        await commit(exampleDefinitions);
        const before = await registry.definition(project, "feature_view", "driver_stats");
        await commit([], {
          upserts: [
            { definition: view, origin: { file: "other.ts", line: 9 } },
            { definition: anEntity({ description: "new" }), origin: null },
          ],
        });
        const after = await registry.definition(project, "feature_view", "driver_stats");
        expect(after).toMatchObject({ origin: { file: "other.ts", line: 9 }, updatedAt: before?.updatedAt });
        expect((await registry.definition(project, "entity", "driver"))?.updatedAt).not.toEqual(before?.updatedAt);
      });

      test("go with their features, and their versions stay", async () => {
        await commit(exampleDefinitions);
        await commit([], { removals: [{ kind: "feature_view", name: "driver_stats" }] });
        expect((await registry.definitions(project)).map(({ definition }) => definitionKey(definition))).toEqual(["entity:driver", "data_source:driver_stats"]);
        expect((await registry.catalog({ project, text: "", kinds: ["feature"], sort: "name", page: 1, pageSize: 10 })).total).toBe(0);
        expect((await registry.snapshot(project))?.views.size).toBe(0);
        expect(await versionNumbers()).toEqual([1]);
      });
    });

    describe("revisions", () => {
      test("grow with each commit", async () => {
        expect(await commit(exampleDefinitions)).toMatchObject({ name: project, revision: 1, servingRevision: 1, settings: sqliteSettings });
        const settings = { ...sqliteSettings, onlineStore: { type: "redis", connectionString: "$" + "{REDIS_URL}" } } as const;
        expect(await commit([], { settings })).toMatchObject({ revision: 2, servingRevision: 2, settings });
        expect(await registry.findProject(project)).toMatchObject({ revision: 2, settings });
      });

      test.each([0, 2])("another than the one expected (%i) is a conflict", async (expectedRevision) => {
        await commit(exampleDefinitions);
        await expect(commit([aView({ ttlSeconds: 1 })], { expectedRevision })).rejects.toMatchObject({ code: "conflict" });
        expect((await newest()).view.ttlSeconds).toBeNull();
      });

      test.each([0, 1])("of two commits at once on revision %i one wins", async (expectedRevision) => {
        if (expectedRevision === 1) await commit(exampleDefinitions);
        const both = [60, 120].map((ttlSeconds) => commit([entity, source, aView({ ttlSeconds })], { expectedRevision }));
        const results = await Promise.allSettled(both);
        expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
        expect(results.find((one) => one.status === "rejected")?.reason).toMatchObject({ code: "conflict" });
        expect(await registry.findProject(project)).toMatchObject({ revision: expectedRevision + 1 });
      });

      test("a transaction that fails leaves nothing", async () => {
        const failed = transact(async (tx) => {
          const whole = { project, settings: sqliteSettings, managedBy: "console", expectedRevision: 0, removals: [] };
          await registry.commit(tx, { ...whole, upserts: located(exampleDefinitions) });
          throw new Error("no");
        });
        await expect(failed).rejects.toThrow("no");
        expect(await registry.findProject(project)).toBeNull();
        expect(await versionNumbers()).toEqual([]);
      });

      test("a view whose source is not defined is refused whole", async () => {
        await expect(commit([entity, view])).rejects.toMatchObject({ code: "invalid_definition" });
        expect(await registry.findProject(project)).toBeNull();
      });
    });

    describe("versions", () => {
      beforeEach(async () => {
        await commit(exampleDefinitions);
      });

      test("stay while only what holds in place changes", async () => {
        await commit([aView({ ttlSeconds: 60, description: "x", online: false, schedule: "0 * * * *" }), aFileSource({ path: "/elsewhere.parquet" })]);
        expect(await versionNumbers()).toEqual([1]);
        expect((await newest()).newest).toMatchObject({ versionNumber: 1, ttlSeconds: 60, online: false, batchSource: { path: "/elsewhere.parquet" } });
      });

      test("grow with the schema, also back to an earlier one", async () => {
        await commit([aView({ features: someFeatures({ conv_rate: "float64" }) })]);
        await commit([view]);
        const history = await registry.versions(project, "driver_stats");
        expect(history.map(({ version }) => version.features.length)).toEqual([3, 1, 3]);
        expect(history[0]?.fingerprint).toBe(history[2]?.fingerprint);
        expect(new Set(history.map(({ version }) => version.versionId)).size).toBe(3);
        expect((await newest()).newest.versionNumber).toBe(3);
      });

      test("grow when the entity or the source alone changes", async () => {
        await commit([anEntity({ joinKeys: [{ name: "driver_id", type: "string" }] })]);
        expect((await newest()).newest).toMatchObject({ versionNumber: 2, joinKeys: [{ name: "driver_id", type: "string" }] });
        await commit([aFileSource({ timestampField: "at" })]);
        expect((await newest()).newest).toMatchObject({ versionNumber: 3, source: { timestampField: "at" } });
      });

      test("go on counting when a removed view comes back, on fresh rows", async () => {
        const first = (await newest()).newest.versionId;
        await commit([], { removals: [{ kind: "feature_view", name: "driver_stats" }] });
        expect((await registry.versions(project, "driver_stats"))[0]?.version).toMatchObject({ batchSource: null, online: false });
        await commit([view]);
        expect((await newest()).newest).toMatchObject({ versionNumber: 2 });
        expect((await newest()).newest.versionId).not.toBe(first);
      });
    });

    describe("online state", () => {
      beforeEach(async () => {
        await commit(exampleDefinitions);
      });

      test("is null before the first materialize, and comes back as it was saved", async () => {
        const { versionId } = (await newest()).newest;
        expect(await registry.onlineState(versionId, "sqlite")).toBeNull();
        const state = {
          eventWatermark: 1_700_000_000_123_456n,
          createdWatermark: -5n,
          epoch: "abc",
          sourceFingerprint: { "a.parquet": { size: 5, modifiedMs: 7 } },
          lastRunId: "r1",
        };
        await save({ ...state, ready: false });
        expect(await registry.onlineState(versionId, "sqlite")).toEqual({ versionId, store: "sqlite", ...state, ready: false });
        expect(await registry.onlineState(versionId, "redis")).toBeNull();
      });

      test("makes a version ready once, and serving notices", async () => {
        await save({ ready: false });
        expect(await registry.findProject(project)).toMatchObject({ servingRevision: 1 });
        await save();
        expect(await registry.findProject(project)).toMatchObject({ revision: 1, servingRevision: 2 });
        const [record] = await registry.versions(project, "driver_stats");
        await save({ eventWatermark: 9n });
        expect(await registry.findProject(project)).toMatchObject({ servingRevision: 2 });
        expect((await registry.versions(project, "driver_stats"))[0]?.readyAt).toEqual(record?.readyAt);
        expect(record?.readyAt.sqlite).toBeInstanceOf(Date);
        expect((await newest()).ready).toMatchObject({ versionNumber: 1 });
      });

      test("of another store makes nothing ready here", async () => {
        await save({ store: "redis" });
        expect((await newest()).ready).toBeNull();
      });

      test("leaves the old version in service until the new one is ready", async () => {
        await save();
        await commit([aView({ features: someFeatures({ trips: "int64" }) })]);
        expect(await newest()).toMatchObject({ newest: { versionNumber: 2 }, ready: { versionNumber: 1 } });
        await commit([aView({ features: someFeatures({ trips: "int32" }) })]);
        expect(await newest()).toMatchObject({ newest: { versionNumber: 3 }, ready: { versionNumber: 1 } });
        await save();
        expect(await newest()).toMatchObject({ newest: { versionNumber: 3 }, ready: { versionNumber: 3 } });
      });

      test("of a version that is not there is refused", async () => {
        await expect(save({ versionId: "999999999" })).rejects.toMatchObject({ code: "not_found" });
      });

      test("older versions may go once a newer one is ready, and all of a removed view", async () => {
        const first = await save();
        await commit([aView({ features: someFeatures({ trips: "int64" }) })]);
        expect(await registry.retirableVersions(project, "sqlite")).toEqual([]);
        const second = await save();
        expect(await registry.retirableVersions(project, "sqlite")).toEqual([{ versionId: first, view: "driver_stats" }]);
        expect(await registry.retirableVersions(project, "redis")).toEqual([]);
        await transact((tx) => registry.markRetired(tx, [first]));
        expect(await registry.retirableVersions(project, "sqlite")).toEqual([]);
        await commit([], { removals: [{ kind: "feature_view", name: "driver_stats" }] });
        expect(await registry.retirableVersions(project, "sqlite")).toEqual([{ versionId: second, view: "driver_stats" }]);
      });
    });

    describe("what an overview tells", () => {
      test("is most read what most services take", async () => {
        const another = { ...aService({ rate: null }), name: "another" };
        await commit([entity, source, view, aView({ name: "rate" }), aService({ driver_stats: ["conv_rate"], rate: null }), another]);
        expect(await registry.mostRead(project, 5)).toEqual([
          { view: "rate", services: 2 },
          { view: "driver_stats", services: 1 },
        ]);
        expect(await registry.mostRead(project, 1)).toHaveLength(1);
      });
    });

    describe("the catalog", () => {
      const find = async (text: string, over: Partial<CatalogQuery> = {}) => {
        const page = await registry.catalog({ project, text, kinds: KINDS, sort: "relevance", page: 1, pageSize: 50, ...over });
        return page.rows.map(({ kind, name, view: of }) => (kind === "feature" ? `${of}:${name}` : `${kind} ${name}`));
      };
      const weather = aView({
        name: "weather",
        entities: [],
        owner: "geo@example.com",
        team: "geo",
        tags: { tier: "gold" },
        description: "What 100% of drivers see",
        features: [{ name: "rain", type: "float32", column: "rain", description: "Millimetres", tags: { unit: "mm" } }],
      });

      beforeEach(async () => {
        await commit([entity, source, aView({ owner: "fleet@example.com" }), weather, aView({ name: "rate" }), aService({ weather: null })]);
      });

      test("shows views first, each with its facts", async () => {
        const page = await registry.catalog({ project, text: "", kinds: KINDS, sort: "relevance", page: 1, pageSize: 4 });
        expect(page).toMatchObject({ total: 13, page: 1, pageSize: 4 });
        expect(page.rows.map(({ name }) => name)).toEqual(["driver_stats", "rate", "weather", "acc_rate"]);
        expect(page.rows[2]).toEqual({
          kind: "feature_view",
          name: "weather",
          view: null,
          type: "batch",
          description: weather.description,
          owner: "geo@example.com",
          team: "geo",
          managedBy: `repo:${project}`,
          tags: { tier: "gold" },
          entities: [],
          featureCount: 1,
          online: true,
          updatedAt: expect.any(Date),
        });
        expect(page.rows[3]).toMatchObject({
          kind: "feature",
          view: "driver_stats",
          type: "float32",
          owner: "fleet@example.com",
          entities: ["driver"],
          featureCount: null,
          online: true,
        });
      });

      test.each<[string, readonly string[]]>([
        ["rate", ["feature_view rate", "driver_stats:acc_rate", "rate:acc_rate", "driver_stats:conv_rate", "rate:conv_rate", "rate:avg_daily_trips"]],
        ["WEATHER", ["feature_view weather", "weather:rain"]],
        ["fleet@example.com", ["feature_view driver_stats"]],
        ["millimetres", ["weather:rain"]],
        ["unit:mm", ["weather:rain"]],
        ["conv stats", ["driver_stats:conv_rate"]],
        ["driver_stats:conv_rate", ["driver_stats:conv_rate"]],
        ["conv_rate", ["driver_stats:conv_rate", "rate:conv_rate"]],
        ["c_nv", []], // `_` is no wildcard
        ["100%", ["feature_view weather"]],
        ["1%0", []],
        ["'; drop table feature; --", []],
      ])("finds %s, the best first", async (text, expected) => {
        expect(await find(text)).toEqual(expected);
      });

      test("is narrowed by kind, owner and tag", async () => {
        expect(await find("", { kinds: ["entity", "feature_service"] })).toEqual(["feature_service driver_activity", "entity driver"]);
        expect(await find("", { owners: ["geo@example.com"] })).toEqual(["feature_view weather", "weather:rain"]);
        expect(await find("", { tags: ["tier:gold"] })).toEqual(["feature_view weather"]);
        expect(await find("", { kinds: [] })).toEqual([]);
      });

      test.each<[string, readonly string[], readonly string[]]>([
        ["wether", ["weather"], ["feature_view weather", "weather:rain"]],
        ["convr_rate", ["conv_rate"], ["driver_stats:conv_rate", "rate:conv_rate"]],
        ["rain wetaher", ["weather"], ["weather:rain"]],
        ["RIAN", ["rain"], ["weather:rain"]],
        ["rain conv", [], []], // both occur, only not together
        ["qqqqqqqq", [], []],
        ["rian qqqqqqqq", [], []],
      ])("takes %s for %j", async (text, instead, expected) => {
        const page = await registry.catalog({ project, text, kinds: KINDS, sort: "relevance", page: 1, pageSize: 50 });
        expect(page.corrections.flatMap((correction) => correction.instead)).toEqual(instead);
        expect(await find(text)).toEqual(expected);
      });

      test("counts what each facet would leave, under all others", async () => {
        const facets = (over: Partial<CatalogQuery> = {}) => registry.catalogFacets({ project, text: "", kinds: KINDS, ...over });
        expect(await facets()).toEqual({
          kinds: [
            { value: "feature", count: 7 },
            { value: "feature_view", count: 3 },
            { value: "data_source", count: 1 },
            { value: "entity", count: 1 },
            { value: "feature_service", count: 1 },
          ],
          owners: [
            { value: "fleet@example.com", count: 4 },
            { value: "geo@example.com", count: 2 },
          ],
          teams: [{ value: "geo", count: 2 }],
          tags: [
            { value: "tier:gold", count: 1 },
            { value: "unit:mm", count: 1 },
          ],
          entities: [{ value: "driver", count: 8 }],
          types: expect.arrayContaining([{ value: "batch", count: 3 }]),
          managers: [{ value: `repo:${project}`, count: 13 }],
        });
        const narrowed = await facets({ owners: ["geo@example.com"], kinds: ["feature"] });
        expect(narrowed.owners).toEqual([
          { value: "fleet@example.com", count: 3 },
          { value: "geo@example.com", count: 1 },
        ]);
        expect(narrowed.kinds).toEqual([
          { value: "feature", count: 1 },
          { value: "feature_view", count: 1 },
        ]);
        expect((await facets({ text: "wether" })).kinds).toEqual((await facets({ text: "weather" })).kinds);
        await commit([aView({ name: "weather", owner: "geo@example.com" })]);
        expect((await facets()).teams).toEqual([]);
      });

      test("is cut into pages in the database", async () => {
        const page = (number: number) => registry.catalog({ project, text: "", kinds: ["feature"], sort: "name", page: number, pageSize: 3 });
        expect((await page(2)).rows.map(({ name }) => name)).toEqual(["avg_daily_trips", "conv_rate", "conv_rate"]);
        expect(await page(99)).toMatchObject({ rows: [], total: 7, page: 99 });
      });

      test("has what changed last first, when asked", async () => {
        await commit([aView({ name: "rate", ttlSeconds: 9 })]);
        expect((await find("", { sort: "updated", kinds: ["feature_view"] }))[0]).toBe("feature_view rate");
      });

      test("knows the services of a view", async () => {
        expect(await registry.servicesOf(project, "weather")).toEqual(["driver_activity"]);
        expect(await registry.servicesOf(project, "rate")).toEqual([]);
      });
    });

    describe("lineage", () => {
      test("is what sources, views and services read, each once, by kind and name", async () => {
        const history = aFileSource({ name: "history" });
        const push = aPushSource({ name: "clicks", batchSource: history });
        const derived = aView({ name: "derived", type: "stream", source: "clicks", transform: "select 1" });
        const twice = aService(
          {},
          {
            projections: ["driver_stats", "derived", "driver_stats"].map((of, index) => ({ view: of, features: null, alias: `a${index}`, joinKeyMap: {} })),
          },
        );
        await commit([...exampleDefinitions, push, derived, twice]);
        const rest = { description: "", transformed: false };
        expect(await registry.lineage(project)).toEqual([
          { ...rest, kind: "data_source", name: "clicks", type: "push", reads: ["history"] },
          { ...rest, kind: "data_source", name: "driver_stats", type: "file", reads: [] },
          { ...rest, kind: "feature_service", name: "driver_activity", type: null, reads: ["derived", "driver_stats"] },
          { ...rest, kind: "feature_view", name: "derived", type: "stream", transformed: true, reads: ["clicks"] },
          { ...rest, kind: "feature_view", name: "driver_stats", type: "batch", reads: ["driver_stats"] },
        ]);
        expect(await registry.lineage("nowhere")).toEqual([]);
      });
    });

    describe("watchers", () => {
      test("hear of commits and of readiness, never of what was rolled back", async () => {
        const heard: string[] = [];
        const watch = await registry.watch((changed) => heard.push(changed));
        const hears = (times: number) => expect.poll(() => heard.filter((changed) => changed === project).length, { timeout: 5_000 }).toBe(times);
        try {
          await commit(exampleDefinitions);
          await hears(1);
          await expect(commit([], { expectedRevision: 7 })).rejects.toThrow();
          await save({ ready: false });
          await save();
          await hears(2);
        } finally {
          await watch.stop();
        }
        await commit([aView({ ttlSeconds: 4 })]);
        expect(heard.filter((changed) => changed === project)).toHaveLength(2);
      });
    });
  });
}
