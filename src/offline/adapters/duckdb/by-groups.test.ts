import { expect, test } from "vitest";
import { LarderError } from "../../../kit/index.ts";
import { byGroups } from "./by-groups.ts";

const columns = Array.from({ length: 10 }, (_, index) => index);
const tooMuch = () => new LarderError("failed_precondition", "too much", { details: { outOfMemory: true } });

/** Answers groups of no more than `fits` columns. */
function fitting(fits: number) {
  const sizes: number[] = [];
  const work = async (group: readonly number[]) => {
    sizes.push(group.length);
    if (group.length > fits) throw tooMuch();
    return group.map((column) => `c${column}`);
  };
  return { sizes, work };
}

test("all columns go at once where memory allows, in their order", async () => {
  const { sizes, work } = fitting(10);
  expect(await byGroups(columns, { memoryLimitMb: 256 }, work)).toEqual(columns.map((column) => `c${column}`));
  expect(sizes).toEqual([10]);
});

test("a group that does not fit is halved, and no column is lost or asked for twice", async () => {
  const { sizes, work } = fitting(3);
  expect(await byGroups(columns, { memoryLimitMb: 256 }, work)).toEqual(columns.map((column) => `c${column}`));
  expect(sizes).toEqual([10, 5, 2, 2, 2, 2, 2]);
});

test("little memory begins with small groups; one column that does not fit is an error, as is anything else", async () => {
  const { sizes, work } = fitting(10);
  await byGroups(columns, { memoryLimitMb: 25 }, work);
  expect(sizes).toEqual([4, 4, 2]);
  await expect(byGroups(columns, { memoryLimitMb: 256 }, fitting(0).work)).rejects.toMatchObject({ details: { outOfMemory: true } });
  await expect(byGroups(columns, { memoryLimitMb: 256 }, () => Promise.reject(new Error("other")))).rejects.toThrow("other");
  expect(await byGroups([], { memoryLimitMb: 256 }, fitting(1).work)).toEqual([]);
});
