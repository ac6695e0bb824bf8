import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LarderError, parseTimestamp, silentLogger } from "../kit/index.ts";
import type { MaterializeDeps } from "../materialize/index.ts";
import { memoryOnlineStore } from "../online/adapters/memory.ts";
import { localOwner } from "../testing/builders.ts";
import { aServingWorld, pushedSnapshot, type ServingWorld } from "../testing/serving.ts";
import type { TrainingDeps } from "../training/index.ts";
import { createServer } from "./create-server.ts";
import { createMetrics } from "./metrics.ts";
import type { HttpDeps } from "./port.ts";

const NOW = parseTimestamp("2026-04-12T08:00:00Z");
const NOON = "2024-01-01T12:00:00Z";
const BODY_BYTES_MAX = 65_536;

type Server = Awaited<ReturnType<typeof createServer>>;

interface Fixture {
  readonly app: Server;
  readonly world: ServingWorld;
  readonly store: ReturnType<typeof memoryOnlineStore>;
  readonly down: { database: boolean; store: boolean };
}

async function open(over: Partial<HttpDeps> = {}): Promise<Fixture> {
  const down = { database: false, store: false };
  const memory = memoryOnlineStore();
  const fail = (what: string) => Promise.reject(new LarderError("unavailable", `${what} does not answer.`));
  const store = {
    ...memory,
    ping: () => (down.store ? fail("Redis") : memory.ping()),
    read: (requests: Parameters<typeof memory.read>[0]) => (down.store ? fail("Redis") : memory.read(requests)),
  };
  const world = aServingWorld(store, pushedSnapshot({ conv_rate: "float32", trips: "int64" }, 7200), NOW);
  const metrics = createMetrics(silentLogger);
  metrics.watchSnapshots(world.deps.snapshots, world.clock);
  const app = await createServer({
    serve: { ...world.deps, observer: metrics },
    materialize: {} as MaterializeDeps, // no test here gets past the reading of a body
    training: {} as TrainingDeps,
    pingDatabase: async () => (down.database ? fail("The database") : undefined),
    metrics,
    logger: silentLogger,
    actor: localOwner,
    defaultProject: null,
    listenHost: "127.0.0.1",
    hosts: [],
    bodyBytesMax: BODY_BYTES_MAX,
    ...over,
  });
  return { app, world, store, down };
}

let fixture: Fixture;
beforeAll(async () => {
  fixture = await open();
  const df = { driver_id: [1001, 1002], conv_rate: [0.5, 1], trips: ["9007199254740993", 1], datetime: ["2026-04-12T07:00:00", "2026-04-12T07:00:00"] };
  await post("/push", { push_source_name: "driver_push", df });
});
afterAll(() => fixture.app.close());

async function post(url: string, payload: unknown, headers: Readonly<Record<string, string>> = {}, app = fixture.app) {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  const response = await app.inject({ method: "POST", url, payload: text, headers: { "content-type": "application/json", ...headers } });
  return { status: response.statusCode, text: response.body, headers: response.headers, body: JSON.parse(response.body) };
}

const read = { features: ["driver_stats:trips", "driver_stats:conv_rate"], entities: { driver_id: [1001, 7] } };

describe("get-online-features", () => {
  test("answers in Feast's shape, with exact digits", async () => {
    const { status, text, headers } = await post("/get-online-features", read);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(text).toBe(
      '{"metadata":{"feature_names":["driver_id","trips","conv_rate"]},"results":[' +
        '{"values":[1001,7],"statuses":["PRESENT","PRESENT"],"event_timestamps":["1970-01-01T00:00:00Z","1970-01-01T00:00:00Z"]},' +
        '{"values":[9007199254740993,null],"statuses":["PRESENT","NOT_FOUND"],"event_timestamps":["2026-04-12T07:00:00Z","1970-01-01T00:00:00Z"]},' +
        '{"values":[0.5,null],"statuses":["PRESENT","NOT_FOUND"],"event_timestamps":["2026-04-12T07:00:00Z","1970-01-01T00:00:00Z"]}]}',
    );
  });

  test("gives full names on demand", async () => {
    const { body } = await post("/get-online-features", { ...read, full_feature_names: true });
    expect(body.metadata.feature_names).toEqual(["driver_id", "driver_stats__trips", "driver_stats__conv_rate"]);
  });

  test("finds the project by path and by header", async () => {
    expect((await post("/p/rides/get-online-features", read)).status).toBe(200);
    expect((await post("/get-online-features", read, { "larder-project": "rides" })).status).toBe(200);
    expect(await post("/p/food/get-online-features", read)).toMatchObject({ status: 404, body: { error: { hint: expect.stringContaining("rides") } } });
  });
});

describe("bad input is a 4xx that names the field", () => {
  const rows = { driver_id: [1], conv_rate: [1], trips: [1], datetime: [NOON] };
  const { driver_id: _, ...noKey } = rows;
  const push = (df: unknown, over: object = {}) => ({ push_source_name: "driver_push", df, ...over });
  test.each<[string, unknown, number, RegExp]>([
    ["/get-online-features", "{", 400, /line 1, column 2/],
    ["/get-online-features", "[]", 400, /the body: expected object/],
    ["/get-online-features", { features: ["driver_stats:trips"] }, 400, /entities: expected record, but it is missing/],
    ["/get-online-features", { ...read, entities: { driver_id: 1001 } }, 400, /entities\.driver_id: expected a list of values/],
    ["/get-online-features", { ...read, entities: { driver_id: ["x"] } }, 400, /entities\.driver_id\[0\]: "x" is not an int64/],
    ["/get-online-features", { ...read, entities: { driver_id: [null] } }, 400, /entities\.driver_id\[0\] is null/],
    ["/get-online-features", { ...read, entities: {} }, 400, /entities is empty/],
    ["/get-online-features", { ...read, entities: { driver: [1] } }, 400, /entities\.driver_id is missing/],
    ["/get-online-features", { ...read, features: [1] }, 400, /features\.0: expected string/],
    ["/get-online-features", { ...read, features: ["trips"] }, 400, /"trips" is not a feature reference/],
    ["/get-online-features", { ...read, features: [] }, 400, /No features were asked for/],
    ["/get-online-features", { entities: read.entities }, 400, /No features were asked for/],
    ["/get-online-features", { ...read, features: ["driver_stat:trips"] }, 404, /Did you mean driver_stats/],
    ["/get-online-features", { ...read, features: ["driver_stats:trip"] }, 404, /Did you mean trips/],
    ["/get-online-features", { entities: read.entities, feature_service: "rides" }, 404, /no feature service "rides"/],
    ["/get-online-features", { ...read, feature_service: "rides" }, 400, /not both/],
    ["/get-online-features", { ...read, full_feature_names: "yes" }, 400, /full_feature_names: expected boolean/],
    ["/push", { df: rows }, 400, /push_source_name: expected string, but it is missing/],
    ["/push", push({ driver_id: 1 }), 400, /df\.driver_id: expected a list of values/],
    ["/push", push(rows, { to: "nowhere" }), 400, /to: expected one of online, offline, online_and_offline/],
    ["/push", push(rows, { to: "offline" }), 422, /not built yet/],
    ["/push", push({}), 400, /df has no rows/],
    ["/push", push({ ...rows, trips: [1, 2] }), 400, /df\.trips has 2 values/],
    ["/push", push(noKey), 400, /df\.driver_id is missing/],
    ["/push", { push_source_name: "nobody", df: rows }, 404, /no push source "nobody"/],
    ["/write-to-online-store", { feature_view_name: "nobody", df: rows }, 404, /no feature view "nobody"/],
    ["/materialize", { feature_views: ["driver_stats"] }, 400, /start_ts is missing/],
    ["/materialize", { start_ts: NOON }, 400, /end_ts is missing/],
    ["/materialize", { start_ts: NOON, end_ts: "soon" }, 400, /end_ts: "soon" is not a timestamp/],
    ["/materialize", { start_ts: NOON, end_ts: NOON, version: "v2" }, 422, /not built yet/],
    ["/materialize-incremental", { end_ts: "soon" }, 400, /end_ts: "soon" is not a timestamp/],
    ["/materialize-incremental", { feature_views: "driver_stats" }, 400, /feature_views: expected array/],
  ])("%s %j", async (url, payload, status, message) => {
    const answer = await post(url, payload);
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toMatch(message);
    expect(answer.body.error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    expect(answer.text).not.toMatch(/node_modules|\.ts:|at async/);
  });

  test("another content type is a 415", async () => {
    expect(await post("/get-online-features", "a=1", { "content-type": "application/x-www-form-urlencoded" })).toMatchObject({
      status: 415,
      body: { detail: expect.stringContaining("application/json") },
    });
  });

  test("an empty body is a 400", async () => {
    expect(await post("/get-online-features", "")).toMatchObject({ status: 400, body: { detail: expect.stringContaining("empty") } });
  });

  test("a body beyond the limit is a 413 that says the limit", async () => {
    const df = { driver_id: new Array(20_000).fill(12345) };
    expect(await post("/push", push(df))).toMatchObject({ status: 413, body: { detail: expect.stringContaining("0.0625 MiB") } });
  });

  test("an unknown route is a 404, a known one by another method a 405", async () => {
    expect(await post("/get-offline-features", {})).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
    const get = await fixture.app.inject({ method: "GET", url: "/push" });
    expect(get.statusCode).toBe(405);
    expect(get.headers.allow).toBe("POST");
    expect(get.json().detail).toMatch(/takes POST/);
  });
});

describe("pushed rows", () => {
  const df = { driver_id: [1, 2], conv_rate: [1, "x"], trips: [1, 2], event_timestamp: ["2021-01-01 00:00:00", "2021-01-01 00:00:00"], created: [null, null] };

  test.each([
    ["/push", { push_source_name: "driver_push", df }],
    ["/write-to-online-store", { feature_view_name: "driver_stats", df, allow_registry_cache: false }],
  ])("%s: some accepted is a 200 that names the others", async (url, payload) => {
    expect(await post(url, payload)).toMatchObject({
      status: 200,
      body: { accepted: 1, rejected: [{ row: 1, field: "conv_rate", reason: '"x" is not a float32', view: "driver_stats" }] },
    });
  });

  test("none accepted is a 422 that names field, value and reason", async () => {
    const bad = { ...df, event_timestamp: ["soon", "later"] };
    expect(await post("/push", { push_source_name: "driver_push", df: bad })).toMatchObject({
      status: 422,
      body: {
        accepted: 0,
        rejected: [{ row: 0 }, { row: 1 }],
        detail: expect.stringMatching(/event_timestamp: "soon" is not a timestamp.*naive times are UTC/),
      },
    });
  });
});

describe("Host and Origin", () => {
  test.each([
    [{ host: "evil.example.com" }, 403],
    [{ host: "localhost:6566", origin: "https://evil.example.com" }, 403],
    [{ host: "localhost:6566", origin: "http://localhost:3000" }, 200],
    [{ host: "[::1]:6566" }, 200],
  ])("%j", async (headers, status) => {
    expect((await post("/get-online-features", read, headers)).status).toBe(status);
  });
});

describe("health", () => {
  test("live and ready", async () => {
    expect((await fixture.app.inject("/health")).json()).toEqual({ status: "live" });
    const ready = await fixture.app.inject("/health/ready");
    expect(ready.statusCode).toBe(200);
    expect(ready.json()).toMatchObject({
      status: "ready",
      checks: [{ name: "database" }, { name: "registry snapshot of rides" }, { name: "online store of rides" }],
    });
  });

  test("not ready says what is down; reads of a store that is down are a 503 that may be tried again", async () => {
    const { app, down } = await open();
    await post("/get-online-features", read, {}, app);
    down.database = true;
    down.store = true;
    const ready = await app.inject("/health/ready");
    expect(ready.statusCode).toBe(503);
    expect(ready.json().checks.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([
      { name: "database", ok: false, problem: "The database does not answer." },
      { name: "online store of rides", ok: false, problem: "Redis does not answer." },
    ]);
    expect((await app.inject("/health")).statusCode).toBe(200);
    const failed = await post("/get-online-features", read, {}, app);
    expect(failed).toMatchObject({ status: 503, headers: { "retry-after": "1" }, body: { error: { code: "unavailable" } } });
    await app.close();
  });
});

test("what nobody foresaw is a 500 without its cause", async () => {
  const { app, world } = await open();
  world.forbidden.set("driver_stats", new TypeError("secret of the house"));
  const failed = await post("/get-online-features", read, {}, app);
  expect(failed).toMatchObject({ status: 500, body: { error: { code: "internal" } } });
  expect(failed.text).not.toContain("secret");
  await app.close();
});

test("metrics count requests by route and rows by what became of them", async () => {
  const { app } = await open();
  await post("/get-online-features", read, {}, app);
  await post("/p/rides/get-online-features", { ...read, features: [] }, {}, app);
  const { body } = await app.inject("/metrics");
  expect(body).toContain('larder_http_requests_total{route="/get-online-features",status="200"} 1');
  expect(body).toContain('larder_http_requests_total{route="/p/:project/get-online-features",status="400"} 1');
  expect(body).toContain('larder_online_rows_read_total{project="rides",view="driver_stats",status="not_found"} 2');
  expect(body).toContain('larder_registry_snapshot_revision{project="rides"} 1');
  expect(body).toMatch(/larder_registry_snapshot_age_seconds\{project="rides"\} 0/);
  await app.close();
});

describe("the API document", () => {
  test("lists every route once, with what it takes", async () => {
    const document = (await fixture.app.inject("/openapi.json")).json();
    expect(Object.keys(document.paths).sort()).toEqual([
      "/entity-rows",
      "/get-historical-features",
      "/get-online-features",
      "/health",
      "/health/ready",
      "/materialize",
      "/materialize-incremental",
      "/metrics",
      "/push",
      "/runs/{id}",
      "/runs/{id}/download",
      "/write-to-online-store",
    ]);
    const body = document.paths["/push"].post.requestBody.content["application/json"].schema;
    expect(body.required).toEqual(["push_source_name", "df"]);
    expect(body.properties.to.enum).toEqual(["online", "offline", "online_and_offline"]);
  });

  test("has a page that loads nothing from elsewhere", async () => {
    const page = await fixture.app.inject("/docs/");
    expect(page.statusCode).toBe(200);
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:/);
    const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => String(address));
    expect(assets.length).toBeGreaterThan(3);
    for (const address of assets) {
      expect(address).not.toMatch(/^(https?:)?\/\//);
      expect((await fixture.app.inject(new URL(address, "http://localhost/docs/").pathname)).statusCode).toBe(200);
    }
  });
});
