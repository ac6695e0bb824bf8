import { describe, expect, it } from "vitest";
import { NO_EXPECTATIONS } from "./expect-values.ts";
import { featureOf, roleOf, type SourceColumnInfo, toggleColumn, typesFor } from "./view-columns.ts";

const column = (name: string, type: SourceColumnInfo["type"] = "float64"): SourceColumnInfo => ({ name, type, engineType: String(type) });
const columns = ["driver_id", "at", "a", "b", "c"].map((name) => column(name));

describe("columns that become features", () => {
  it("have one role each", () => {
    const view = { joinKeys: ["driver_id"], timestampField: "at", createdTimestampColumn: "created" };
    const roles = [...columns, column("created"), column("price", null)].map((one) => roleOf(one, view));
    expect(roles).toEqual(["join key", "event time", "feature", "feature", "feature", "created time", "no type"]);
  });

  it("stand in the order of the source; features of before keep their place", () => {
    const ticked = toggleColumn(toggleColumn([], column("c"), columns, []), column("a"), columns, []);
    expect(ticked.map(({ name }) => name)).toEqual(["a", "c"]);
    const edited = toggleColumn([featureOf(column("c")), featureOf(column("b"))], column("a"), columns, ["c", "b"]);
    expect(edited.map(({ name }) => name)).toEqual(["c", "b", "a"]);
    expect(toggleColumn(edited, column("b"), columns, ["c", "b"]).map(({ name }) => name)).toEqual(["c", "a"]);
  });

  it("get a name that is allowed, and their own type", () => {
    expect(featureOf(column("Trips per day!", "int64"))).toEqual({
      name: "Trips_per_day",
      column: "Trips per day!",
      type: "int64",
      description: "",
      tags: {},
      expect: NO_EXPECTATIONS,
    });
    expect(typesFor("int64[]").every((type) => type.endsWith("[]"))).toBe(true);
    expect(typesFor("int64")).toContain("float32");
  });
});
