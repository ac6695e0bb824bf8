-- AlterTable
ALTER TABLE "drift_view" ADD COLUMN     "is_settled" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "drift_window" ADD COLUMN     "source_rows" BIGINT;
