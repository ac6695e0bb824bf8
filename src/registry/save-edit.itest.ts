import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PrismaClient } from "../../prisma/generated/client.ts";
import type { Actor, Definition } from "../domain/index.ts";
import { fixedClock, LarderError, silentLogger } from "../kit/index.ts";
import { prismaAuditLog, verifyAuditChain } from "../sharing/adapters/prisma-audit-log.ts";
import { policyAuthorizer } from "../sharing/index.ts";
import { aFileSource, anEntity, aRepo, aService, aView, localOwner, someFeatures } from "../testing/builders.ts";
import { withDatabase } from "../testing/world.ts";
import { prismaRegistry, prismaTransactor } from "./adapters/prisma.ts";
import { applyRepo } from "./apply-repo.ts";
import type { DataFolders } from "./data-folders.ts";
import type { DefinitionEdit } from "./definition-edit.ts";
import type { SourceInspector } from "./port.ts";
import { previewEdit } from "./preview-edit.ts";
import { type SaveEditDeps, saveEdit } from "./save-edit.ts";

const opened: string[] = [];

/** Files below /data have what the example needs. */
const inspector: SourceInspector = {
  async columns(source) {
    opened.push(source.name);
    if (source.type === "file" && source.path.endsWith("/broken")) throw new LarderError("invalid_definition", "It is no Parquet file.");
    const types = {
      driver_id: "int64",
      datetime: "timestamp",
      created: "timestamp",
      conv_rate: "float64",
      acc_rate: "float64",
      avg_daily_trips: "int64",
    } as const;
    return Object.entries(types).map(([name, type]) => ({ name, type, engineType: type }));
  },
  inspect: async () => ({ columns: [], files: null, rows: null, bytes: null, eventMin: null, eventMax: null }),
};

const folders: DataFolders = {
  roots: async () => [],
  list: () => Promise.reject(new Error("not asked here")),
  reasonOutside: async (path) => (path.startsWith("/data/") ? null : `${path} is outside of the folders`),
};

let prisma: PrismaClient;
let deps: SaveEditDeps;
let dispose: () => Promise<void>;
let project = "";
let count = 0;

beforeAll(async () => {
  const database = await withDatabase();
  prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 8 }) });
  const registry = prismaRegistry({ prisma, databaseUrl: database.url, logger: silentLogger });
  const clock = fixedClock(1_700_000_000_000_000n);
  deps = { registry, inspector, folders, authorizer: policyAuthorizer(), audit: prismaAuditLog(), transactor: prismaTransactor(prisma), clock };
  dispose = async () => {
    await prisma.$disconnect();
    await database.dispose();
  };
});
afterAll(() => dispose());
beforeEach(async () => {
  count += 1;
  project = `p${count}`;
  // a project whose repo defines one entity
  await applyRepo(deps, {
    actor: localOwner,
    repo: aRepo([anEntity({ name: "rider", joinKeys: [{ name: "rider_id", type: "int64" }] })], { project }),
    allowRemovals: false,
  });
});

function save(definition: Definition, base: Definition | null = null, actor = localOwner) {
  return saveEdit(deps, { actor, project, edit: { action: "save", definition, base } });
}

function remove(base: Definition) {
  return saveEdit(deps, { actor: localOwner, project, edit: { action: "remove", base } });
}

function preview(edit: DefinitionEdit) {
  return previewEdit(deps, { actor: localOwner, project, edit });
}

const [entity, source, view] = [anEntity(), aFileSource(), aView()];
const service = aService({ driver_stats: ["conv_rate"] });

async function saveAll() {
  for (const definition of [entity, source, view, service]) await save(definition);
}

async function audited() {
  const rows = await prisma.auditRow.findMany({ where: { project }, orderBy: { id: "asc" } });
  return rows.map(({ action, subject }) => `${action} ${subject}`).slice(2);
}

describe("an edit", () => {
  test("makes what is not there, managed by the console and audited; a view gets its first version", async () => {
    expect(await preview({ action: "save", definition: entity, base: null })).toMatchObject({ change: { action: "add" }, problems: [], conflict: null });
    await saveAll();
    expect(await deps.registry.definition(project, "feature_view", "driver_stats")).toMatchObject({ definition: view, managedBy: "console", origin: null });
    expect(await deps.registry.versions(project, "driver_stats")).toHaveLength(1);
    expect(await deps.registry.findProject(project)).toMatchObject({ revision: 5 });
    expect(await audited()).toEqual([
      "added entity:driver",
      "added data_source:driver_stats",
      "added feature_view:driver_stats",
      "added feature_service:driver_activity",
    ]);
    expect(await verifyAuditChain(prisma)).toBeNull();
  });

  test("says field by field what it changes, whether that is a new version, and who is hit", async () => {
    await saveAll();
    const edited = aView({ ttlSeconds: 60, features: someFeatures({ conv_rate: "float64", acc_rate: "float32", avg_daily_trips: "int32" }) });
    const plan = await preview({ action: "save", definition: edited, base: view });
    expect(plan.change).toMatchObject({ action: "new_version", affects: ["feature_service:driver_activity"] });
    expect(plan.change?.fields).toEqual([
      { field: "features.conv_rate.type", before: "float32", after: "float64" },
      { field: "ttlSeconds", before: null, after: "60" },
    ]);
    await save(edited, view);
    expect(await deps.registry.versions(project, "driver_stats")).toHaveLength(2);
    const joinKeys = [...entity.joinKeys, { name: "avg_daily_trips", type: "int32" }] as const;
    const wider = await preview({ action: "save", definition: anEntity({ joinKeys }), base: entity });
    expect(wider.reached).toMatchObject([{ kind: "feature_view", name: "driver_stats", action: "new_version" }]);
    expect(wider.problems).toMatchObject([{ severity: "error", message: expect.stringContaining("has the name of the join key") }]);
  });

  test("of texts opens no file; without a difference it does nothing", async () => {
    await saveAll();
    opened.length = 0;
    await save(aView({ description: "How drivers do", tags: { tier: "gold" } }), view);
    expect(opened).toEqual([]);
    const described = aView({ description: "How drivers do", tags: { tier: "gold" } });
    expect(await save(described, described)).toMatchObject({ plan: { change: null }, revision: 6 });
    expect(await audited()).toHaveLength(5);
  });

  test.each([
    ["a file outside of the folders", aFileSource({ name: "other", path: "/etc/passwd" }), "outside of the folders"],
    ["a file that cannot be read", aFileSource({ name: "other", path: "/data/broken" }), "no Parquet file"],
    ["a view of an unknown source", aView({ name: "other", source: "no_such" }), 'no data source "no_such"'],
    ["a column that is not there", aView({ name: "other", features: someFeatures({ speed: "float64" }) }), 'no column "speed"'],
    ["a name that is none", anEntity({ name: "a b" }), "the name is not allowed"],
  ])("with %s saves nothing", async (_what, definition, message) => {
    await saveAll();
    expect((await preview({ action: "save", definition, base: null })).problems).toMatchObject([
      { severity: "error", message: expect.stringContaining(message) },
    ]);
    await expect(save(definition)).rejects.toMatchObject({ code: "invalid_definition", message: expect.stringContaining(message) });
    expect(await deps.registry.findProject(project)).toMatchObject({ revision: 5 });
  });

  test("that takes away what a service reads is a problem", async () => {
    await saveAll();
    const narrow = aView({ features: someFeatures({ acc_rate: "float32" }) });
    await expect(save(narrow, view)).rejects.toMatchObject({ message: expect.stringContaining('has no feature "conv_rate"') });
  });
});

describe("what may not be edited here", () => {
  test("is what a repo manages, and the refusal says where it is written", async () => {
    const rider = (await deps.registry.definition(project, "entity", "rider"))?.definition ?? entity;
    const refusal = { code: "failed_precondition", message: expect.stringContaining("features.ts:1"), hint: expect.stringContaining("larder apply") };
    await expect(preview({ action: "save", definition: rider, base: rider })).rejects.toMatchObject(refusal);
    await expect(save({ ...rider, description: "x" }, rider)).rejects.toMatchObject(refusal);
    await expect(remove(rider)).rejects.toMatchObject(refusal);
    await expect(save(anEntity({ name: "rider" }))).rejects.toMatchObject(refusal);
  });

  test("is a name that is taken", async () => {
    await save(entity);
    await expect(save(anEntity({ description: "mine" }))).rejects.toMatchObject({ code: "already_exists" });
  });

  test("is a project that is not there, and another team's view", async () => {
    await expect(saveEdit(deps, { actor: localOwner, project: "nowhere", edit: { action: "save", definition: entity, base: null } })).rejects.toMatchObject({
      code: "not_found",
    });
    await save(entity);
    await save(source);
    await save(aView({ team: "fleet" }));
    const editor: Actor = { kind: "user", id: "u", name: "ana", isAdmin: false, teams: [{ team: "pricing", role: "editor" }] };
    await expect(save(aView({ ttlSeconds: 5 }), aView({ team: "fleet" }), editor)).rejects.toMatchObject({ code: "permission_denied" });
    const viewer: Actor = { ...editor, teams: [{ team: "fleet", role: "viewer" }] };
    await expect(save(anEntity({ name: "other" }), null, viewer)).rejects.toMatchObject({ code: "permission_denied" });
  });
});

describe("two people", () => {
  test("who edit the same thing: the later one gets both versions, and nothing is lost", async () => {
    await saveAll();
    const [hers, his] = [aView({ ttlSeconds: 60 }), aView({ description: "His words" })];
    await save(hers, view);
    const plan = await preview({ action: "save", definition: his, base: view });
    expect(plan.conflict).toMatchObject({
      current: { definition: hers },
      theirs: [{ field: "ttlSeconds", before: null, after: "60" }],
      yours: [{ field: "description", before: "", after: "His words" }],
    });
    await expect(save(his, view)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("ttlSeconds"),
      details: { current: { definition: hers }, wanted: his },
    });
    expect((await deps.registry.definition(project, "feature_view", "driver_stats"))?.definition).toEqual(hers);
    await save({ ...hers, description: "His words" }, hers);
    expect((await deps.registry.definition(project, "feature_view", "driver_stats"))?.definition).toEqual(aView({ ttlSeconds: 60, description: "His words" }));
  });

  test("of whom one removed it: the other is told", async () => {
    await save(entity);
    await remove(entity);
    await expect(save(anEntity({ description: "x" }), entity)).rejects.toMatchObject({ code: "conflict", details: { current: null } });
    await expect(remove(entity)).rejects.toMatchObject({ code: "conflict" });
  });

  test("who save the same thing at once: exactly one gets through", async () => {
    await save(entity);
    const both = await Promise.allSettled(["a", "b", "c", "d"].map((description) => save(anEntity({ description }), entity)));
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(both.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []))).toEqual(["conflict", "conflict", "conflict"]);
  });

  test("who save different things at once: both get through", async () => {
    const all = await Promise.all(["a", "b", "c"].map((name) => save(anEntity({ name, joinKeys: [{ name: `${name}_id`, type: "int64" }] }))));
    expect(new Set(all.map(({ revision }) => revision)).size).toBe(3);
  });
});

describe("a removal", () => {
  test("is refused while others refer to it, naming them, and else takes it away", async () => {
    await saveAll();
    expect(await preview({ action: "remove", base: source })).toMatchObject({ change: { action: "remove" }, dependants: ["feature_view:driver_stats"] });
    await expect(remove(source)).rejects.toMatchObject({ code: "failed_precondition", message: expect.stringContaining("feature_view:driver_stats") });
    await expect(remove(view)).rejects.toMatchObject({ details: { dependants: ["feature_service:driver_activity"] } });
    for (const definition of [service, view, source, entity]) await remove(definition);
    expect((await deps.registry.definitions(project)).map(({ definition }) => definition.name)).toEqual(["rider"]);
    expect((await audited()).slice(4)).toEqual([
      "removed feature_service:driver_activity",
      "removed feature_view:driver_stats",
      "removed data_source:driver_stats",
      "removed entity:driver",
    ]);
  });

  test("leaves an apply of the repo as it was: it touches only its own", async () => {
    await saveAll();
    const rider = anEntity({ name: "rider", joinKeys: [{ name: "rider_id", type: "int64" }] });
    const { plan } = await applyRepo(deps, { actor: localOwner, repo: aRepo([rider], { project }), allowRemovals: true });
    expect(plan.changes).toEqual([]);
    const adopted = await applyRepo(deps, {
      actor: localOwner,
      repo: aRepo([rider, entity, aFileSource({ pathAsWritten: "../x.parquet" })], { project }),
      allowRemovals: true,
    });
    expect(adopted.plan.changes.map(({ action, name }) => `${action} ${name}`)).toEqual(["adopt driver", "adopt driver_stats"]);
    expect(await deps.registry.versions(project, "driver_stats")).toHaveLength(1);
  });
});
