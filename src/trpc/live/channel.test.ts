import { describe, expect, it } from "vitest";
import { channel } from "./channel.ts";

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("channel", () => {
  it("gives what was pushed before and while it is read, in order, and ends when closed", async () => {
    const numbers = channel<number>();
    numbers.push(1);
    const read = collect(numbers);
    await Promise.resolve();
    numbers.push(2);
    numbers.push(3);
    numbers.close();
    numbers.push(4);
    expect(await read).toEqual([1, 2, 3]);
  });

  it("throws what it failed with, after what came before", async () => {
    const numbers = channel<number>();
    const seen: number[] = [];
    const read = (async () => {
      for await (const number of numbers) seen.push(number);
    })();
    numbers.push(1);
    numbers.fail(new Error("gone"));
    await expect(read).rejects.toThrow("gone");
    expect(seen).toEqual([1]);
  });
});
