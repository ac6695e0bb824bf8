import { serveDepsOf } from "../../src/cli/serve-deps.ts";
import { silentLogger } from "../../src/kit/index.ts";
import { createSampler, getOnlineFeatures, type SamplingRate, type ServeDeps, type ViewSampling } from "../../src/serve/index.ts";
import type { Measure } from "../harness/bench.ts";
import type { LarderHome } from "../harness/larder-home.ts";
import { interleave, type Side } from "../harness/rounds.ts";
import { summarize } from "../harness/statistics.ts";
import { FEATURES } from "../serving/fixture.ts";

const SLICES = 200;
const REQUESTS = 10;
const silent = { sampled() {}, stored() {}, dropped() {} };

export interface InProcess {
  readonly larder: LarderHome;
  readonly project: string;
  readonly rate: SamplingRate;
  readonly entities: number;
  readonly rounds: number;
}

/**
 * What sampling adds to a request, without HTTP: the verb over the real store, both sides in slices of ten requests, in turn. A slice is
 * so short that other work seldom falls into one, and the median leaves out those it does: this holds on a busy machine, too.
 */
export async function measureInProcess({ larder, project, rate, entities, rounds }: InProcess): Promise<readonly Measure[]> {
  const { runtime } = larder;
  const views: readonly ViewSampling[] = [...new Set(FEATURES.map(({ view }) => view))].map((view) => ({ project, view, ...rate }));
  const store = { rates: async () => views, add: runtime.sampleStore.add };
  const sampler = createSampler({ store, observer: silent, logger: silentLogger });
  await sampler.flush();
  sampler.start();
  const plain = serveDepsOf(runtime);
  const deps: Record<Side, ServeDeps> = { ours: { ...plain, sampler }, reference: plain };
  const slice = async (side: Side, first: number): Promise<number> => {
    const started = performance.now();
    for (let request = 0; request < REQUESTS; request += 1)
      await getOnlineFeatures(deps[side], requestOf({ larder, project, entities, first: first + request }));
    return ((performance.now() - started) * 1_000) / REQUESTS;
  };
  const round = async (slices: number): Promise<Record<Side, number>> => {
    const micros = await interleave({ rounds: slices, prepare: () => new Promise(setImmediate) }, (side) => slice(side, 0));
    return { ours: summarize(micros.ours).median, reference: summarize(micros.reference).median };
  };
  await round(SLICES);
  const results: Record<Side, number>[] = [];
  for (let index = 0; index < rounds; index += 1) results.push(await round(SLICES));
  await sampler.stop();
  const what = `the verb alone, ${rate.rate * 100} %, ${entities} entit${entities === 1 ? "y" : "ies"}`;
  return [{ what, unit: "µs", ours: results.map(({ ours }) => ours), reference: results.map(({ reference }) => reference), target: { max: 1.03 } }];
}

const features = FEATURES.map(({ view, name }) => `${view}:${name}`);

function requestOf({ larder, project, entities, first }: Pick<InProcess, "larder" | "project" | "entities"> & { readonly first: number }) {
  const ids = Array.from({ length: entities }, (_, index) => first * 101 + index * 37);
  return { actor: larder.runtime.localOwner, project, fullFeatureNames: false, namesVersions: false, features, entities: { driver_id: ids } };
}
