import { beforeEach, describe, expect, it } from "vitest";
import type { Transactor } from "../kit/index.ts";
import type { NewTrainingSet, TrainingReceipt, TrainingSets } from "./port.ts";

export interface TrainingSetsWorld {
  readonly trainingSets: TrainingSets;
  readonly transactor: Transactor;
  readonly project: string;
}

/** What every store of training sets does. */
export function trainingSetsContract(open: () => TrainingSetsWorld): void {
  describe("a store of training sets", () => {
    let world: TrainingSetsWorld;
    let next = 0;
    beforeEach(() => {
      world = open();
    });

    const upload = (id: string) => ({ kind: "upload", upload: id, fileName: "o.csv", format: "csv", bytes: 1, rows: 1, sha256: "s", columns: [] }) as const;
    const aSet = (over: Partial<NewTrainingSet> = {}): NewTrainingSet => {
      next += 1;
      const spec = {
        entityRows: { kind: "source", source: "orders", start: null, end: null, limit: 10, seed: 1, keep: [] },
        eventTimestampColumn: "event_timestamp",
        features: ["driver_stats:conv_rate"],
        service: null,
        fullFeatureNames: false,
        knownAtDelaySeconds: null,
        keyMap: {},
      } as const;
      const view = { view: "driver_stats", versionId: "1", version: 1, ttlSeconds: 60, joinKeys: [], joinKeyMap: {}, features: [] };
      const pins = { views: [{ ...view, features: [{ feature: "conv_rate", output: "conv_rate" }] }], outputs: ["conv_rate"] };
      return { id: `SET${next}`, project: world.project, name: `set_${next}`, description: "", spec, pins, createdBy: { name: "ann" }, ...over };
    };
    const create = (set: NewTrainingSet) => world.transactor.transact((tx) => world.trainingSets.create(tx, set));
    const names = async (text: string, page = 1) => {
      const found = await world.trainingSets.list({ project: world.project, text, page, pageSize: 2 });
      return { names: found.rows.map(({ name }) => name), total: found.total };
    };

    it("gives back what was saved, by its name", async () => {
      const set = aSet({ description: "of last week" });
      await create(set);
      const { createdBy: _, ...saved } = set;
      expect(await world.trainingSets.get(world.project, set.name)).toMatchObject({ ...saved, createdBy: "ann", result: null, resultRun: null });
      expect(await world.trainingSets.get(world.project, "nope")).toBeNull();
      expect(await world.trainingSets.get("nope", set.name)).toBeNull();
    });

    it("refuses a second one of the same name, and leaves nothing of a transaction that fails", async () => {
      const set = aSet();
      await create(set);
      await expect(create(aSet({ name: set.name }))).rejects.toMatchObject({ code: "already_exists" });
      const lost = aSet();
      const failing = world.transactor.transact(async (tx) => {
        await world.trainingSets.create(tx, lost);
        throw new Error("rolled back");
      });
      await expect(failing).rejects.toThrow("rolled back");
      expect(await world.trainingSets.get(world.project, lost.name)).toBeNull();
    });

    it("finds every word in name, description and features, by pages, the last changed first", async () => {
      await create(aSet({ name: "churn_may", description: "riders who left" }));
      await create(aSet({ name: "churn_june", description: "riders who left" }));
      await create(aSet({ name: "eta", description: "100% of orders" }));
      expect(await names("churn")).toEqual({ names: ["churn_june", "churn_may"], total: 2 });
      expect(await names("MAY left")).toEqual({ names: ["churn_may"], total: 1 });
      expect(await names("100%")).toEqual({ names: ["eta"], total: 1 });
      expect(await names("churn_june conv_rate")).toEqual({ names: ["churn_june"], total: 1 });
      expect((await names("riders", 2)).names).toEqual([]);
    });

    it("keeps the last result and new pins; a set that is gone takes none", async () => {
      const set = aSet();
      await create(set);
      const receipt = { checksum: "c", rows: 3 } as unknown as TrainingReceipt;
      const at = new Date("2026-01-01T00:00:00Z");
      const save = () => world.transactor.transact((tx) => world.trainingSets.saveResult(tx, set.id, { run: "R1", at, receipt }));
      expect(await save()).toBe(true);
      const pins = { ...set.pins, outputs: ["other"] };
      expect(await world.transactor.transact((tx) => world.trainingSets.savePins(tx, set.id, pins))).toMatchObject({ pins: { outputs: ["other"] } });
      expect(await world.trainingSets.get(world.project, set.name)).toMatchObject({ result: { checksum: "c" }, resultRun: "R1", resultAt: at });
      await world.transactor.transact((tx) => world.trainingSets.remove(tx, set.id));
      expect(await save()).toBe(false);
      expect(await world.trainingSets.get(world.project, set.name)).toBeNull();
    });

    it("knows the uploads that are in use", async () => {
      const set = aSet();
      await create({ ...set, spec: { ...set.spec, entityRows: upload("U1") } });
      expect(await world.trainingSets.uploadsInUse(["U1", "U2"])).toEqual(new Set(["U1"]));
    });
  });
}
