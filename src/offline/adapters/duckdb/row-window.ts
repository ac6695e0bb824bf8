import { LarderError } from "../../../kit/index.ts";
import type { RowWindow } from "../../port.ts";
import { freezeColumns } from "./freeze-columns.ts";
import { type MeasuredColumn, type MeasuredRows, measuredName } from "./measured-rows.ts";
import { profileColumns, profileSegments } from "./profile-columns.ts";
import { sortedValues } from "./sorted-values.ts";

export function rowWindow(measured: MeasuredRows): RowWindow {
  const { columns, rows } = measured;
  const named = (name: string): MeasuredColumn => {
    const index = columns.findIndex((column) => column.name === name);
    const column = columns[index];
    if (column === undefined) throw new LarderError("invalid_argument", `"${name}" is no column of the window.`);
    return { ...column, sql: measuredName(index) };
  };
  return {
    columns,
    rows,
    freezeBins: async (names) => freezeColumns(measured, names.map(named)),
    profile: async (binned, options) =>
      profileColumns(
        measured,
        binned.map(({ name, bins }) => ({ ...named(name), bins })),
        options,
      ),
    segments: (by, of) => profileSegments(measured, { ...named(by.name), bins: by.bins }, { ...named(of.name), bins: of.bins }),
    sortedValues: (name) => sortedValues(measured, named(name)),
  };
}
