import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PrismaClient } from "../../prisma/generated/client.ts";
import { type Actor, type Authorizer, type Definition, type RepoContents, VALUE_TYPES } from "../domain/index.ts";
import { fixedClock, LarderError, silentLogger } from "../kit/index.ts";
import { prismaAuditLog, verifyAuditChain } from "../sharing/adapters/prisma-audit-log.ts";
import { policyAuthorizer } from "../sharing/index.ts";
import { aFileSource, anEntity, aRepo, aService, aView, exampleDefinitions, localOwner, located, someFeatures, sqliteSettings } from "../testing/builders.ts";
import { withDatabase } from "../testing/world.ts";
import { prismaRegistry, prismaTransactor } from "./adapters/prisma.ts";
import { type ApplyRepoDeps, type ApplyRepoInput, applyRepo } from "./apply-repo.ts";
import { planRepo } from "./plan-repo.ts";
import type { SourceInspector } from "./port.ts";

/** Sources of any path have what the example needs; of /unreadable, nothing. */
const inspector: SourceInspector = {
  async columns(source) {
    if (source.type === "file" && source.path === "/unreadable") throw new LarderError("invalid_definition", "/unreadable is no Parquet file.");
    const types = {
      driver_id: "int64",
      datetime: "timestamp",
      created: "timestamp",
      at: "timestamp",
      conv_rate: "float64",
      acc_rate: "float64",
      avg_daily_trips: "int64",
    } as const;
    return Object.entries(types).map(([name, type]) => ({ name, type, engineType: type }));
  },
  inspect: async () => ({ columns: [], files: null, rows: null, bytes: null, eventMin: null, eventMax: null }),
};

let prisma: PrismaClient;
let deps: ApplyRepoDeps;
let dispose: () => Promise<void>;
let project = "";
let count = 0;

beforeAll(async () => {
  const database = await withDatabase();
  prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 6 }) });
  const registry = prismaRegistry({ prisma, databaseUrl: database.url, logger: silentLogger });
  const clock = fixedClock(1_700_000_000_000_000n);
  deps = { registry, inspector, authorizer: policyAuthorizer(), audit: prismaAuditLog(), transactor: prismaTransactor(prisma), clock };
  dispose = async () => {
    await prisma.$disconnect();
    await database.dispose();
  };
});
afterAll(() => dispose());
beforeEach(() => {
  count += 1;
  project = `p${count}`;
});

function repo(definitions: readonly Definition[], over: Partial<RepoContents> = {}): RepoContents {
  return aRepo(definitions, { project, ...over });
}

function apply(definitions: readonly Definition[], over: Partial<ApplyRepoInput> = {}) {
  return applyRepo(deps, { actor: localOwner, repo: repo(definitions), allowRemovals: false, ...over });
}

/** Written by the console, outside of any repo. */
async function byConsole(definitions: readonly Definition[]) {
  const expectedRevision = (await deps.registry.findProject(project))?.revision ?? 0;
  const rest = { project, settings: sqliteSettings, managedBy: "console", expectedRevision, removals: [] };
  await deps.transactor.transact((tx) => deps.registry.commit(tx, { ...rest, upserts: located(definitions) }));
}

async function audited() {
  const rows = await prisma.auditRow.findMany({ where: { project }, orderBy: { id: "asc" } });
  return rows.map(({ action, subject }) => `${action} ${subject}`);
}

describe("apply", () => {
  test("writes what plan says, with an audit line for each, and has nothing to do the second time", async () => {
    const plan = await planRepo(deps, { actor: localOwner, repo: repo(exampleDefinitions) });
    expect(plan).toMatchObject({ project, revision: 0, problems: [] });
    expect(await deps.registry.findProject(project)).toBeNull();
    const applied = await apply(exampleDefinitions, { expectedRevision: plan.revision });
    expect(applied.plan).toEqual(plan);
    expect(applied.project).toMatchObject({ name: project, revision: 1 });
    expect(await audited()).toEqual([`applied project:${project}`, "added entity:driver", "added data_source:driver_stats", "added feature_view:driver_stats"]);
    expect(await apply(exampleDefinitions)).toMatchObject({ plan: { revision: 1, changes: [] }, project: { revision: 1 } });
    expect(await audited()).toHaveLength(4);
  });

  test("makes a new version where rows depend on it, and changes the rest in place", async () => {
    await apply(exampleDefinitions);
    const { plan } = await apply([anEntity(), aFileSource({ timestampField: "at" }), aView({ ttlSeconds: 60 })]);
    expect(plan.changes.map(({ action, name }) => `${action} ${name}`)).toEqual(["change driver_stats", "new_version driver_stats"]);
    const versions = await deps.registry.versions(project, "driver_stats");
    expect(versions.map(({ version }) => [version.versionNumber, version.source.timestampField])).toEqual([
      [1, "datetime"],
      [2, "at"],
    ]);
    await apply([anEntity(), aFileSource({ timestampField: "at" }), aView({ ttlSeconds: 90 })]);
    expect(await deps.registry.versions(project, "driver_stats")).toHaveLength(2);
  });

  test("carries settings over, also alone", async () => {
    await apply(exampleDefinitions);
    const settings = { ...sqliteSettings, onlineStore: { type: "redis", connectionString: "redis://me:secret@host:6379" } } as const;
    const { plan, project: after } = await apply([], { repo: repo(exampleDefinitions, { settings }) });
    expect(plan.changes).toMatchObject([
      { kind: "project", action: "change", fields: [{ field: "onlineStore.type", before: "sqlite", after: "redis" }, { after: "redis://host:6379" }] },
    ]);
    expect(after).toMatchObject({ revision: 2, settings });
  });

  test("of two at once, one wins and the other is told to plan again", async () => {
    await apply(exampleDefinitions);
    const two = [60, 120].map((ttlSeconds) => apply([anEntity(), aFileSource(), aView({ ttlSeconds })], { expectedRevision: 1 }));
    const results = await Promise.allSettled(two);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = results.find((one) => one.status === "rejected");
    expect(lost?.reason).toMatchObject({ code: "conflict", hint: expect.stringContaining("larder plan") });
    expect(await deps.registry.findProject(project)).toMatchObject({ revision: 2 });
    expect((await audited()).filter((line) => line.startsWith("applied"))).toHaveLength(2);
    await expect(apply([], { expectedRevision: 1, allowRemovals: true })).rejects.toMatchObject({ code: "conflict" });
  });

  test("many first applies at once make one project", async () => {
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => apply(exampleDefinitions)));
    expect(results.filter(({ status }) => status === "fulfilled").length).toBeGreaterThanOrEqual(1);
    expect(results.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : [])).every((code) => code === "conflict")).toBe(true);
    expect(await deps.registry.findProject(project)).toMatchObject({ revision: 1 });
    expect(await verifyAuditChain(prisma)).toBeNull();
  });

  test("that cannot be audited leaves nothing", async () => {
    const audit = { record: () => Promise.reject(new Error("the trail is full")) };
    const input = { actor: localOwner, repo: repo(exampleDefinitions), allowRemovals: false };
    await expect(applyRepo({ ...deps, audit }, input)).rejects.toThrow("the trail is full");
    expect(await deps.registry.findProject(project)).toBeNull();
    expect(await prisma.viewVersion.count({ where: { project: { name: project } } })).toBe(0);
  });
});

describe("a bad repo", () => {
  const bad = [anEntity(), aFileSource({ path: "/unreadable" }), aView({ entities: ["drver"] }), aView(), aService({ driver_stats: ["nothing"] })];

  test("yields every problem at once, with file and line, the loader's too", async () => {
    const loaded = [{ severity: "error", file: "broken.ts", line: 7, message: "';' expected" }] as const;
    const { problems } = await planRepo(deps, { actor: localOwner, repo: repo(bad, { problems: loaded }) });
    expect(problems.map(({ file, line }) => `${file}:${line}`)).toEqual(["broken.ts:7", "features.ts:2", "features.ts:4", "features.ts:5"]);
    expect((await planRepo(deps, { actor: localOwner, repo: repo(bad) })).problems).toHaveLength(4);
  });

  test("is refused whole", async () => {
    await apply(exampleDefinitions);
    await expect(apply(bad)).rejects.toMatchObject({
      code: "invalid_definition",
      details: { problems: expect.any(Array) },
      message: expect.stringMatching(/^Nothing was applied. features.ts:2: .*\(and 3 more\)$/),
    });
    expect(await deps.registry.findProject(project)).toMatchObject({ revision: 1 });
  });

  test("that loaded in part removes nothing", async () => {
    await apply(exampleDefinitions);
    const loaded = [{ severity: "error", file: "features.ts", line: 1, message: "syntax" }] as const;
    const plan = await planRepo(deps, { actor: localOwner, repo: repo([], { problems: loaded }) });
    expect(plan.changes).toEqual([]);
  });
});

describe("removals", () => {
  test("need to be allowed, and leave versions behind", async () => {
    await apply([...exampleDefinitions, aService({ driver_stats: null })]);
    await expect(apply([anEntity()])).rejects.toMatchObject({
      code: "failed_precondition",
      message: expect.stringContaining("feature_view driver_stats"),
      hint: expect.stringContaining("--yes"),
    });
    await apply([anEntity()], { allowRemovals: true });
    expect((await deps.registry.definitions(project)).map(({ definition }) => definition.name)).toEqual(["driver"]);
    expect(await deps.registry.retirableVersions(project, "sqlite")).toHaveLength(1);
    expect((await audited()).slice(-3)).toEqual([
      "removed feature_service:driver_activity",
      "removed feature_view:driver_stats",
      "removed data_source:driver_stats",
    ]);
  });

  test("of what the repo itself still uses are a problem", async () => {
    await apply(exampleDefinitions);
    await expect(apply([anEntity(), aView()], { allowRemovals: true })).rejects.toThrow(
      /features.ts:2: feature view "driver_stats": there is no data source "driver_stats"/,
    );
  });

  test("of what others depend on are a problem", async () => {
    await apply(exampleDefinitions);
    await byConsole([aService({ driver_stats: ["conv_rate"] })]);
    await expect(apply([anEntity(), aFileSource()], { allowRemovals: true })).rejects.toThrow(
      /feature service "driver_activity", managed by console, would break/,
    );
    const narrowed = aView({ features: someFeatures({ acc_rate: "float32" }) });
    await expect(apply([anEntity(), aFileSource(), narrowed])).rejects.toThrow(/has no feature "conv_rate"/);
  });

  test("never touch what the console manages", async () => {
    await byConsole([anEntity({ name: "rider" })]);
    await apply(exampleDefinitions);
    await apply([], { allowRemovals: true });
    expect((await deps.registry.definitions(project)).map(({ definition, managedBy }) => `${definition.name} ${managedBy}`)).toEqual(["rider console"]);
  });
});

describe("an object that the console made", () => {
  test("is adopted when identical, and then the repo's own", async () => {
    await byConsole(exampleDefinitions);
    const { plan } = await apply(exampleDefinitions);
    expect(plan.changes.map(({ action }) => action)).toEqual(["adopt", "adopt", "adopt"]);
    expect((await deps.registry.definition(project, "feature_view", "driver_stats"))?.managedBy).toBe(`repo:${project}`);
    expect((await deps.registry.versions(project, "driver_stats")).length).toBe(1);
    await apply([], { allowRemovals: true });
    expect(await deps.registry.definitions(project)).toEqual([]);
  });

  test("is a problem when it differs", async () => {
    await byConsole([anEntity({ description: "by hand" })]);
    await expect(apply(exampleDefinitions)).rejects.toThrow(/features.ts:1: entity "driver" is managed by the console and differs in description/);
  });

  test("gets a new version when a source of the repo changes under it, and stays the console's", async () => {
    await apply([anEntity(), aFileSource()]);
    await byConsole([aView()]);
    await apply([anEntity(), aFileSource({ timestampField: "at" })]);
    expect(await deps.registry.versions(project, "driver_stats")).toHaveLength(2);
    expect((await deps.registry.definition(project, "feature_view", "driver_stats"))?.managedBy).toBe("console");
  });
});

describe("who may", () => {
  const editorOf = (team: string): Actor => ({ kind: "user", id: "u", name: "Ada", isAdmin: false, teams: [{ team, role: "editor" }] });
  const views = (team: string | null) => [anEntity(), aFileSource(), aView({ team })];

  test("an editor applies views of the own team and none of another", async () => {
    await apply(views("fleet"), { actor: editorOf("fleet") });
    await expect(apply([anEntity(), aFileSource(), aView({ team: "fleet", ttlSeconds: 1 })], { actor: editorOf("geo") })).rejects.toMatchObject({
      code: "permission_denied",
    });
    await expect(apply(views("geo"), { actor: editorOf("geo") })).rejects.toMatchObject({ code: "permission_denied" }); // not to be had by renaming
    expect(await apply(views("fleet"), { actor: editorOf("geo") })).toMatchObject({ plan: { changes: [] } });
  });

  test("a stranger neither plans nor applies", async () => {
    const actor: Actor = { kind: "user", id: "s", name: "Bob", isAdmin: false, teams: [] };
    await expect(planRepo(deps, { actor, repo: repo(exampleDefinitions) })).rejects.toMatchObject({ code: "permission_denied" });
    await expect(apply(exampleDefinitions, { actor })).rejects.toMatchObject({ code: "permission_denied" });
  });
});

test("10,000 views are planned, applied, listed and served (timing printed)", async () => {
  const names = ["driver", "order", "zone", "rider", "trip"];
  const features = someFeatures(Object.fromEntries(VALUE_TYPES.slice(0, 10).map((type, index) => [`${names[index % 5]}_feature_${index}`, type])));
  const allowAll: Authorizer = { authorize: async () => {} };
  const wide: SourceInspector = {
    ...inspector,
    columns: async () => [...(await inspector.columns(aFileSource(), null)), ...features.map(({ name, type }) => ({ name, type, engineType: type }))],
  };
  const views = Array.from({ length: 10_000 }, (_, index) => aView({ name: `${names[index % 5]}_view_${index}`, features }));
  const input = { actor: localOwner, repo: repo([anEntity(), aFileSource(), ...views]), allowRemovals: false };
  const seconds: Record<string, number> = {};
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    seconds[what] = Math.round(performance.now() - start) / 1_000;
    return result;
  };
  await timed("apply from nothing", () => applyRepo({ ...deps, authorizer: allowAll, inspector: wide }, input));
  await timed("plan, nothing to do", () => planRepo({ ...deps, inspector: wide }, input));
  const snapshot = await timed("snapshot", () => deps.registry.snapshot(project));
  expect(snapshot?.views.size).toBe(10_000);
  const kinds = ["feature_view", "feature", "entity", "data_source", "feature_service"] as const;
  const found = await timed("catalog search", () => deps.registry.catalog({ project, text: "rider view_4", kinds, sort: "relevance", page: 1, pageSize: 50 }));
  expect(found.total).toBeGreaterThan(1_000);
  const all = await timed("catalog, page 1,000", () => deps.registry.catalog({ project, text: "", kinds, sort: "name", page: 1_000, pageSize: 50 }));
  expect(all.total).toBe(110_002);
  process.stdout.write(`registry at 10,000 views, seconds: ${JSON.stringify(seconds)}\n`);
}, 120_000);
