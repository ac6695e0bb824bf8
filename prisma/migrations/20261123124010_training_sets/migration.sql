-- CreateTable
CREATE TABLE "training_set" (
    "id" TEXT NOT NULL,
    "project_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "spec" JSONB NOT NULL,
    "pins" JSONB NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "upload" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "result" JSONB,
    "result_run" TEXT,
    "result_at" TIMESTAMPTZ(3),

    CONSTRAINT "training_set_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "training_set_project_id_updated_at_idx" ON "training_set"("project_id", "updated_at");

-- CreateIndex
CREATE INDEX "training_set_upload_idx" ON "training_set"("upload");

-- CreateIndex
CREATE UNIQUE INDEX "training_set_project_id_name_key" ON "training_set"("project_id", "name");

-- AddForeignKey
ALTER TABLE "training_set" ADD CONSTRAINT "training_set_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
