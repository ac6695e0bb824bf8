-- CreateTable
CREATE TABLE "quality_look" (
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "measured_at" TIMESTAMPTZ(3) NOT NULL,
    "measured_of" TEXT NOT NULL,
    "error" TEXT,
    "newest_day" TIMESTAMPTZ(3),
    "newest_rows" INTEGER,
    "state" TEXT,
    "findings" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "quality_look_pkey" PRIMARY KEY ("project_id","view")
);

-- CreateTable
CREATE TABLE "quality_day" (
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "rows" INTEGER NOT NULL,
    "duplicates" INTEGER NOT NULL,
    "features" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "findings" JSONB NOT NULL,
    "rows_low" INTEGER,
    "rows_high" INTEGER,

    CONSTRAINT "quality_day_pkey" PRIMARY KEY ("project_id","view","at")
);

-- CreateIndex
CREATE INDEX "quality_day_at_idx" ON "quality_day"("at");

-- AddForeignKey
ALTER TABLE "quality_look" ADD CONSTRAINT "quality_look_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quality_day" ADD CONSTRAINT "quality_day_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
