import { expect, test } from "vitest";
import { type Micros, silentLogger } from "../kit/index.ts";
import { deliverAlerts } from "./deliver-alerts.ts";
import type { AlertMessage, NotifyStore, TakenAlert } from "./port.ts";

/** An outbox that never ends, and a receiver that takes so long for each round. */
async function sentWhile(secondsARound: number): Promise<number> {
  let now: Micros = 0n;
  const alert: TakenAlert = { id: 1n, onceKey: "a", message: {} as AlertMessage, settings: { type: "slack", url: "http://localhost" }, attempts: 1 };
  const notifyStore = {
    async take(_now: Micros, _until: Micros, limit: number) {
      now += BigInt(secondsARound) * 1_000_000n;
      return new Array<TakenAlert>(limit).fill(alert);
    },
    async markSent() {},
  } as unknown as NotifyStore;
  return deliverAlerts({ notifyStore, alertSender: { async send() {} }, clock: { now: () => now }, logger: silentLogger });
}

test("sending ends after a while, however much waits: what is left follows in the next tick", async () => {
  expect([await sentWhile(0), await sentWhile(4), await sentWhile(30)]).toEqual([200, 60, 20]);
});
