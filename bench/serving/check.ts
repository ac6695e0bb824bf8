import { isDeepStrictEqual } from "node:util";
import type { Servers } from "../harness/servers.ts";
import { FEATURES, requestBody } from "./fixture.ts";

interface Answer {
  readonly metadata: { readonly feature_names: readonly string[] };
  readonly results: readonly { readonly values: readonly unknown[]; readonly statuses: readonly string[]; readonly event_timestamps: readonly string[] }[];
}

/** Both servers must say the same, of drivers that are there and of some that are not, with nulls among the values. */
export async function assertSameAnswers(servers: Servers, drivers: number): Promise<void> {
  const body = requestBody(200, drivers - 3_000, drivers + 100);
  const [ours, theirs] = await Promise.all([ask(servers.ours.port, body), ask(servers.reference.port, body)]);
  const statuses = new Set(ours.results.flatMap((result) => result.statuses));
  for (const status of ["PRESENT", "NULL_VALUE", "NOT_FOUND"]) if (!statuses.has(status)) throw new Error(`the answer to compare holds no ${status}`);
  if (isDeepStrictEqual(normal(ours), normal(theirs))) return;
  throw new Error(`the servers do not agree:\n${JSON.stringify(ours).slice(0, 2_000)}\n${JSON.stringify(theirs).slice(0, 2_000)}`);
}

async function ask(port: number, body: string): Promise<Answer> {
  const answer = await fetch(`http://127.0.0.1:${port}/get-online-features`, { method: "POST", body, headers: { "content-type": "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** A float32 may be written in two ways that read back the same, and so may a time. */
function normal({ metadata, results }: Answer): unknown {
  return {
    names: metadata.feature_names,
    results: results.map(({ values, statuses, event_timestamps }, index) => ({
      values: FEATURES[index - 1]?.type === "float32" ? values.map((value) => (typeof value === "number" ? Math.fround(value) : value)) : values,
      statuses,
      times: event_timestamps.map((time) => Date.parse(time)),
    })),
  };
}
