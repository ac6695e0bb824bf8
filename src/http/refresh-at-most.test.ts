import { expect, test } from "vitest";
import { refreshAtMost } from "./refresh-at-most.ts";

test("is done once for all who ask at a time, and holds until its time is over", async () => {
  let [now, done] = [0, 0];
  const refresh = refreshAtMost(
    30,
    async () => {
      done += 1;
    },
    () => now,
  );
  await Promise.all([refresh(), refresh(), refresh()]);
  now = 29;
  await refresh();
  expect(done).toBe(1);
  now = 30;
  await refresh();
  expect(done).toBe(2);
});

test("is done again when it failed, and says so to each who asked", async () => {
  let tries = 0;
  const refresh = refreshAtMost(30, async () => {
    tries += 1;
    if (tries === 1) throw new Error("the database is away");
  });
  expect((await Promise.allSettled([refresh(), refresh()])).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await refresh();
  expect(tries).toBe(2);
});
