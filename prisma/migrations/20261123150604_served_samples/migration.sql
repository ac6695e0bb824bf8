-- CreateTable
CREATE TABLE "view_sampling" (
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "rate" DOUBLE PRECISION NOT NULL,
    "rows_per_second_max" DOUBLE PRECISION NOT NULL,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "view_sampling_pkey" PRIMARY KEY ("project_id","view")
);

-- CreateTable
CREATE TABLE "served_sample" (
    "id" BIGSERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "version_id" INTEGER NOT NULL,
    "entity_key" TEXT NOT NULL,
    "served_at" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "event_time" BIGINT,
    "created_time" BIGINT,
    "ttl_seconds" BIGINT,
    "features" TEXT[],
    "values" JSON,
    "parity" TEXT,
    "parity_detail" JSON,

    CONSTRAINT "served_sample_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "parity_count" (
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "feature" TEXT NOT NULL,
    "found" TEXT NOT NULL,
    "samples" INTEGER NOT NULL,

    CONSTRAINT "parity_count_pkey" PRIMARY KEY ("project_id","view","day","feature","found")
);

-- CreateIndex
CREATE INDEX "served_sample_project_id_view_served_at_idx" ON "served_sample"("project_id", "view", "served_at");

-- CreateIndex
CREATE INDEX "served_sample_project_id_parity_served_at_idx" ON "served_sample"("project_id", "parity", "served_at");

-- AddForeignKey
ALTER TABLE "view_sampling" ADD CONSTRAINT "view_sampling_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "served_sample" ADD CONSTRAINT "served_sample_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parity_count" ADD CONSTRAINT "parity_count_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
