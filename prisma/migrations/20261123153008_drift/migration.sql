-- CreateTable
CREATE TABLE "drift_view" (
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "chosen" JSONB,
    "chosen_by" TEXT,
    "chosen_at" TIMESTAMPTZ(3),
    "judging_key" TEXT,
    "window_seconds" INTEGER,
    "judged_from" TIMESTAMPTZ(3),
    "judged_until" TIMESTAMPTZ(3),
    "history_from" TIMESTAMPTZ(3),
    "looked_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "drift_view_pkey" PRIMARY KEY ("project_id","view")
);

-- CreateTable
CREATE TABLE "drift_baseline" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "origin" JSONB NOT NULL,
    "rows" INTEGER NOT NULL,
    "frozen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "drift_baseline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drift_baseline_feature" (
    "baseline_id" INTEGER NOT NULL,
    "feature" TEXT NOT NULL,
    "profile" JSONB NOT NULL,
    "sample" BYTEA,

    CONSTRAINT "drift_baseline_feature_pkey" PRIMARY KEY ("baseline_id","feature")
);

-- CreateTable
CREATE TABLE "drift_window" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "baseline_id" INTEGER NOT NULL,
    "version_id" INTEGER NOT NULL,
    "start_at" TIMESTAMPTZ(3) NOT NULL,
    "end_at" TIMESTAMPTZ(3) NOT NULL,
    "rows" INTEGER NOT NULL,
    "judged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "drift_window_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drift_result" (
    "window_id" INTEGER NOT NULL,
    "feature" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "adjusted_p" DOUBLE PRECISION,
    "psi" DOUBLE PRECISION NOT NULL,
    "psi_p" DOUBLE PRECISION NOT NULL,
    "wasserstein_sd" DOUBLE PRECISION,
    "baseline_rows" INTEGER NOT NULL,
    "current_rows" INTEGER NOT NULL,
    "profile" JSONB NOT NULL,
    "distance" JSONB,

    CONSTRAINT "drift_result_pkey" PRIMARY KEY ("window_id","feature")
);

-- CreateTable
CREATE TABLE "drift_feature" (
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "effect" DOUBLE PRECISION NOT NULL,
    "psi" DOUBLE PRECISION NOT NULL,
    "wasserstein_sd" DOUBLE PRECISION,
    "adjusted_p" DOUBLE PRECISION,
    "baseline_rows" INTEGER NOT NULL,
    "current_rows" INTEGER NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "window_end" TIMESTAMPTZ(3) NOT NULL,
    "judged_at" TIMESTAMPTZ(3) NOT NULL,
    "since" TIMESTAMPTZ(3),

    CONSTRAINT "drift_feature_pkey" PRIMARY KEY ("project_id","view","feature")
);

-- CreateIndex
CREATE UNIQUE INDEX "drift_baseline_project_id_view_key_key" ON "drift_baseline"("project_id", "view", "key");

-- CreateIndex
CREATE INDEX "drift_window_baseline_id_idx" ON "drift_window"("baseline_id");

-- CreateIndex
CREATE UNIQUE INDEX "drift_window_project_id_view_start_at_key" ON "drift_window"("project_id", "view", "start_at");

-- CreateIndex
CREATE INDEX "drift_feature_project_id_effect_idx" ON "drift_feature"("project_id", "effect" DESC);

-- AddForeignKey
ALTER TABLE "drift_view" ADD CONSTRAINT "drift_view_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_baseline" ADD CONSTRAINT "drift_baseline_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_baseline_feature" ADD CONSTRAINT "drift_baseline_feature_baseline_id_fkey" FOREIGN KEY ("baseline_id") REFERENCES "drift_baseline"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_window" ADD CONSTRAINT "drift_window_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_window" ADD CONSTRAINT "drift_window_baseline_id_fkey" FOREIGN KEY ("baseline_id") REFERENCES "drift_baseline"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_result" ADD CONSTRAINT "drift_result_window_id_fkey" FOREIGN KEY ("window_id") REFERENCES "drift_window"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drift_feature" ADD CONSTRAINT "drift_feature_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
