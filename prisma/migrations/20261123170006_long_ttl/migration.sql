-- AlterTable
ALTER TABLE "online_probe" ALTER COLUMN "ttl_seconds" SET DATA TYPE BIGINT;
