import { describe, expect, it } from "vitest";
import { draftOf } from "./handle.ts";
import {
  entity,
  featureService,
  featureView,
  fileSource,
  json,
  kafkaSource,
  postgresSource,
  pushSource,
  type Schema,
  sql,
  streamFeatureView,
} from "./index.ts";

/** What is wrong with a definition, without its label. */
function mistakesOf(handle: object): string[] {
  return (draftOf(handle)?.mistakes ?? []).map(({ message }) => message.replace(/^[a-z ]+("\w*")?: /, ""));
}

function definitionOf(handle: object): unknown {
  return draftOf(handle)?.definition;
}

const driver = entity({ name: "driver", joinKeys: { driver_id: "int64" } });
const zone = entity({ name: "zone", joinKeys: { city: "string", cell: "int32" } });
const file = fileSource({ name: "stats", path: "../data/stats.parquet", timestampField: "datetime", createdTimestampColumn: "created" });
const view = featureView({ name: "stats", entities: [driver], schema: { conv_rate: "float32", trips: "int32" }, source: file });
const weather = featureView({ name: "weather", entities: [zone], schema: { temperature: "float64" }, source: file });
const fields = json({ driver_id: "int64", conv_rate: "float64", datetime: "timestamp", created: "timestamp" });
const kafka = kafkaSource({ name: "live", bootstrapServers: "localhost:9092", topic: "drivers", format: fields, timestampField: "datetime", watermark: "5m" });

describe("what the builders record", () => {
  it("turns durations into seconds, zero into no limit, and keeps paths absolute and as written", () => {
    const limited = { name: "v", entities: [], schema: { a: "int32" }, source: file } as const;
    expect(definitionOf(featureView({ ...limited, ttl: "2h", freshness: "90s" }))).toMatchObject({ ttlSeconds: 7200, freshnessSeconds: 90, online: true });
    expect(definitionOf(featureView({ ...limited, ttl: "0s" }))).toMatchObject({ ttlSeconds: null, freshnessSeconds: null, entities: [] });
    expect(definitionOf(kafka)).toMatchObject({ watermarkSeconds: 300, batchSource: null, format: { type: "json", fields: { driver_id: "int64" } } });
    expect(definitionOf(file)).toMatchObject({
      path: `${import.meta.dirname.replace(/\/define$/, "")}/data/stats.parquet`,
      pathAsWritten: "../data/stats.parquet",
    });
    const variable = fileSource({ name: "x", path: "${DATA}/x/*.csv", timestampField: "t" });
    expect(definitionOf(variable)).toMatchObject({ path: expect.stringMatching(/^\$\{DATA\}/), format: "csv" });
  });

  it("fills in what the schema leaves out", () => {
    const full = featureView({
      name: "v",
      entities: [driver, zone],
      schema: { a: { type: "int64[]", column: "b", description: "d", tags: { pii: "no" } }, c: "bytes" },
      source: file,
    });
    expect(definitionOf(full)).toMatchObject({
      kind: "feature_view",
      type: "batch",
      entities: ["driver", "zone"],
      features: [
        { name: "a", type: "int64[]", column: "b", description: "d", tags: { pii: "no" } },
        { name: "c", type: "bytes", column: "c", description: "", tags: {} },
      ],
      source: "stats",
      transform: null,
    });
  });

  it("shapes views for a service, pick and as in any order", () => {
    const service = featureService({
      name: "s",
      features: [view, view.pick("trips").as("live"), weather.as("pickup", { city: "pickup_city" }).pick("temperature"), weather.as("drop")],
    });
    expect(definitionOf(service)).toMatchObject({
      projections: [
        { view: "stats", features: null, alias: null, joinKeyMap: {} },
        { view: "stats", features: ["trips"], alias: "live", joinKeyMap: {} },
        { view: "weather", features: ["temperature"], alias: "pickup", joinKeyMap: { city: "pickup_city" } },
        { view: "weather", features: null, alias: "drop", joinKeyMap: {} },
      ],
    });
  });

  it("gives a push source the time columns of its batch source", () => {
    expect(definitionOf(pushSource({ name: "p", batchSource: file }))).toMatchObject({ timestampField: "datetime", createdTimestampColumn: "created" });
    expect(definitionOf(pushSource({ name: "p" }))).toMatchObject({ timestampField: "event_timestamp", createdTimestampColumn: "created", batchSource: null });
  });

  it("keeps what is expected of values, whole numbers exact", () => {
    const schema = {
      a: { type: "int64", expect: { min: 0n, max: 2n ** 53n + 1n, allowed: [1, 2n], unique: false, onFailure: "block" } },
      b: "string",
    } as const;
    expect(definitionOf(featureView({ name: "v", entities: [driver], schema, source: file }))).toMatchObject({
      features: [{ name: "a", expect: { min: 0, max: "9007199254740993", allowed: [1, 2], onFailure: "block" } }, { name: "b" }],
    });
  });

  it("keeps SQL as written but for its indentation", () => {
    const query = sql`
      select driver_id,
        regexp_replace(name, '\d+', '') as name
      from input;
    `;
    expect(query.text).toBe("select driver_id,\n  regexp_replace(name, '\\d+', '') as name\nfrom input");
  });

  it("freezes what it gives, and knows where it was written", () => {
    expect(Object.isFrozen(view) && Object.isFrozen(draftOf(view)?.definition)).toBe(true);
    expect(draftOf(view)?.site?.file).toBe(import.meta.filename);
    expect(draftOf(view)?.site?.line).toBeGreaterThan((draftOf(driver)?.site?.line ?? 0) + 2);
  });
});

describe("mistakes that the editor shows too", () => {
  it("in entities and sources", () => {
    // @ts-expect-error a misspelt type
    expect(mistakesOf(entity({ name: "e", joinKeys: { id: "imt64" } }))).toEqual(['joinKeys.id: "imt64" is not a type; did you mean "int64"?']);
    // @ts-expect-error a key cannot be a list
    expect(mistakesOf(entity({ name: "e", joinKeys: { id: "int64[]" } }))).toEqual(["joinKeys.id: a join key cannot be a list"]);
    // @ts-expect-error no event time
    expect(mistakesOf(fileSource({ name: "f", path: "x.parquet" }))).toEqual(["timestampField is missing"]);
    // @ts-expect-error a misspelt option
    expect(mistakesOf(fileSource({ name: "f", path: "x.csv", timestampfield: "t" }))).toContain(
      'unknown option "timestampfield"; did you mean "timestampField"?',
    );
    // @ts-expect-error table or query, not both
    expect(mistakesOf(postgresSource({ name: "p", table: "t", query: "q", connection: "c", timestampField: "t" }))).toEqual([
      "table and query exclude each other",
    ]);
    const noSuchField = { name: "k", bootstrapServers: "b", topic: "t", format: fields, timestampField: "date_time" } as const;
    // @ts-expect-error no such field in the messages
    expect(mistakesOf(kafkaSource(noSuchField))).toEqual(['timestampField: the messages have no field "date_time"; did you mean "datetime"?']);
    // @ts-expect-error a stream cannot be the batch source
    expect(mistakesOf(pushSource({ name: "p", batchSource: kafka }))).toEqual(["batchSource must be a fileSource or a postgresSource"]);
  });

  it("in views", () => {
    const parts = { name: "v", entities: [driver], schema: { a: "int32" }, source: file } as const;
    // @ts-expect-error no source
    expect(mistakesOf(featureView({ name: "v", entities: [driver], schema: { a: "int32" } }))).toEqual(["source is missing: say where its rows come from"]);
    // @ts-expect-error no entities
    expect(mistakesOf(featureView({ name: "v", schema: { a: "int32" }, source: file }))[0]).toMatch(/^entities is missing/);
    // @ts-expect-error a source is no entity
    expect(mistakesOf(featureView({ ...parts, entities: [file] }))).toEqual(["entities[0] is not an entity: make it by entity({ … })"]);
    // @ts-expect-error a misspelt type
    expect(mistakesOf(featureView({ ...parts, schema: { a: "flaot32" } }))).toEqual(['schema.a: "flaot32" is not a type; did you mean "float32"?']);
    // @ts-expect-error a misspelt option of a feature
    expect(mistakesOf(featureView({ ...parts, schema: { a: { type: "int32", colunm: "b" } } }))).toEqual([
      'schema.a: unknown option "colunm"; did you mean "column"?',
    ]);
    // @ts-expect-error a misspelt option
    expect(mistakesOf(featureView({ ...parts, shedule: "0 * * * *" }))).toEqual(['unknown option "shedule"; did you mean "schedule"?']);
    // @ts-expect-error no duration
    expect(mistakesOf(featureView({ ...parts, ttl: "2 hours" }))[0]).toMatch(/^ttl: "2 hours" is not a duration/);
    // @ts-expect-error a stream in a batch view
    expect(mistakesOf(featureView({ ...parts, source: kafka }))).toEqual(['source "live" is a kafka source: use streamFeatureView for it']);
    // @ts-expect-error a file in a stream view
    expect(mistakesOf(streamFeatureView({ ...parts, source: file }))[0]).toMatch(/^source "stats" is a file source: use featureView/);
    // @ts-expect-error SQL without its tag
    expect(mistakesOf(featureView({ ...parts, transform: "select 1" }))).toEqual(["transform: write sql`select … from input`"]);
    // @ts-expect-error a value spliced into SQL
    expect(mistakesOf(featureView({ ...parts, transform: sql`select ${1} from input` }))).toEqual([
      expect.stringMatching(/^transform: .*takes no placeholders/),
    ]);
  });

  it("in expectations", () => {
    const expecting = (schema: Schema<"a">) => mistakesOf(featureView({ name: "v", entities: [driver], schema, source: file }));
    // @ts-expect-error a misspelt option
    expect(expecting({ a: { type: "int32", expect: { mim: 1 } } })).toEqual(['schema.a.expect: unknown option "mim"; did you mean "min"?']);
    // @ts-expect-error a number in quotes
    expect(expecting({ a: { type: "int32", expect: { min: "1" } } })).toEqual(["schema.a.expect.min: must be a number"]);
    // @ts-expect-error no such end
    expect(expecting({ a: { type: "int32", expect: { min: 1, onFailure: "stop" } } })).toEqual(['schema.a.expect.onFailure: must be "warn" or "block"']);
    expect(expecting({ a: { type: "string", expect: { min: 1 } } })).toEqual(["schema.a.expect.min: only numbers have a min, this is a string"]);
    expect(expecting({ a: { type: "int64", expect: {} } })[0]).toMatch(/^schema.a.expect: nothing is expected/);
  });

  it("in services", () => {
    const select = (selection: typeof weather | ReturnType<typeof weather.as>) => mistakesOf(featureService({ name: "s", features: [selection] }));
    // @ts-expect-error no such feature
    expect(select(weather.pick("temprature"))).toEqual(['pick: it has no feature "temprature"; did you mean "temperature"?']);
    // @ts-expect-error no such join key
    expect(select(weather.as("pickup", { town: "pickup_city" }))[0]).toMatch(/^as: "town" is not one of its join keys/);
    // @ts-expect-error no such feature, after as
    expect(select(weather.as("pickup").pick("humidity"))[0]).toMatch(/^pick: it has no feature "humidity"/);
    // @ts-expect-error picked away
    expect(mistakesOf(featureService({ name: "s", features: [view.pick("trips").pick("conv_rate")] }))[0]).toMatch(/^pick: it has no feature/);
    // @ts-expect-error nothing picked
    expect(mistakesOf(featureService({ name: "s", features: [view.pick()] }))).toEqual(["pick() names no feature"]);
    // @ts-expect-error an entity has no features
    expect(mistakesOf(featureService({ name: "s", features: [driver] }))[0]).toMatch(/^features\[0\] is not a feature view/);
  });
});

describe("mistakes that only the loader can tell", () => {
  it("names every one of them at once", () => {
    const schema = { driver_id: "int64", datetime: "timestamp", "a b": "int32", price: "decimal(10,2)" } as unknown as { driver_id: "int64" };
    const all = mistakesOf(featureView({ name: "2nd", entities: [driver, driver], schema, source: file, schedule: "hourly", online: 1 as unknown as boolean }));
    expect(all).toEqual([
      expect.stringMatching(/^the name "2nd" is not allowed/),
      expect.stringMatching(/^schema.a b: the name is not allowed/),
      'schema.price: "decimal(10,2)" is not a type: cast it to float64 in the view\'s transform',
      "online must be true or false",
      expect.stringMatching(/^schedule: "hourly" is not a schedule/),
      'entities "driver" and "driver" both have the join key "driver_id"',
      expect.stringMatching(/^schema.driver_id: a feature cannot have the name of a join key/),
      expect.stringMatching(/^schema.datetime: a feature cannot have the name of a time column/),
    ]);
  });

  it("columns that no message has, unless a transform makes them", () => {
    const parts = { name: "v", entities: [zone], schema: { conv_rate: "float32" }, source: kafka } as const;
    expect(mistakesOf(streamFeatureView(parts))).toEqual([
      'the messages of source "live" have no field "city"',
      'the messages of source "live" have no field "cell"',
    ]);
    expect(mistakesOf(streamFeatureView({ ...parts, transform: sql`select * from input` }))).toEqual([]);
  });

  it("two features of one full name in a service", () => {
    expect(mistakesOf(featureService({ name: "s", features: [view, view.pick("trips")] }))).toEqual([
      'two of its features are called stats__trips: give one of the views another name by .as("…")',
    ]);
  });

  it("leaves out of a service what a view had to leave out, so that one mistake is told once", () => {
    const wrong = featureView({ name: "w", entities: [driver], schema: { a: "int32", b: "nope" as "int32" }, source: file });
    const service = featureService({ name: "s", features: [wrong.pick("a", "b")] });
    expect(mistakesOf(service)).toEqual(mistakesOf(wrong));
    expect(definitionOf(service)).toMatchObject({ projections: [{ view: "w", features: ["a"] }] });
  });
});
