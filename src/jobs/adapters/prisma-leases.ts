import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { toDate, toMicros, withDatabaseErrors } from "../../kit/index.ts";
import type { Heartbeats, Leases } from "../port.ts";

/**
 * Leases as rows in PostgreSQL, by the server's clock: the processes' own may differ. The column keeps milliseconds and rounds to them, up as often
 * as down, so now() is rounded alike before it is compared: else a lease could outlive its time.
 */
export function prismaLeases(prisma: PrismaClient): Leases {
  return withDatabaseErrors<Leases>({
    async hold(name, holder, forSeconds) {
      const taken = await prisma.$executeRaw`
        INSERT INTO lease (name, holder, expires_at) VALUES (${name}, ${holder}, now() + make_interval(secs => ${forSeconds}::float8))
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
        WHERE lease.holder = excluded.holder OR lease.expires_at <= now()::timestamptz(3)`;
      return taken === 1;
    },
    async release(name, holder) {
      await prisma.lease.deleteMany({ where: { name, holder } });
    },
  });
}

export function prismaHeartbeats(prisma: PrismaClient): Heartbeats {
  return withDatabaseErrors<Heartbeats>({
    async beat(process, kind, now) {
      const at = toDate(now);
      await prisma.heartbeat.upsert({ where: { process }, create: { process, kind, startedAt: at, beatAt: at }, update: { beatAt: at } });
    },
    async last(kind) {
      const newest = await prisma.heartbeat.findFirst({ where: { kind }, orderBy: { beatAt: "desc" }, select: { beatAt: true } });
      return toMicros(newest?.beatAt ?? null);
    },
    async forget(before) {
      await prisma.heartbeat.deleteMany({ where: { beatAt: { lt: toDate(before) } } });
    },
  });
}
