-- CreateTable
CREATE TABLE "project" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "online_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "serving_revision" INTEGER NOT NULL DEFAULT 0,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "definition" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "managed_by" TEXT NOT NULL,
    "file" TEXT,
    "line" INTEGER,
    "description" TEXT NOT NULL DEFAULT '',
    "owner" TEXT,
    "team" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "type" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "definition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feature" (
    "id" SERIAL NOT NULL,
    "view_id" INTEGER NOT NULL,
    "project_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "position" INTEGER NOT NULL,

    CONSTRAINT "feature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "view_version" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "view_id" INTEGER,
    "view" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "view_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "online_state" (
    "version_id" INTEGER NOT NULL,
    "store" TEXT NOT NULL,
    "event_watermark" BIGINT,
    "created_watermark" BIGINT,
    "epoch" TEXT,
    "source_fingerprint" JSONB,
    "ready_at" TIMESTAMPTZ(3),
    "last_run_id" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "online_state_pkey" PRIMARY KEY ("version_id","store")
);

-- CreateTable
CREATE TABLE "run" (
    "id" TEXT NOT NULL,
    "group_id" TEXT NOT NULL,
    "project_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "progress" JSONB,
    "checkpoint" JSONB,
    "receipt" JSONB,
    "error" JSONB,
    "waiting_for" TEXT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "active_key" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "worker" TEXT,
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_event" (
    "id" BIGSERIAL NOT NULL,
    "run_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "type" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "run_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_row" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "action" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_row_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "project_name_key" ON "project"("name");

-- CreateIndex
CREATE UNIQUE INDEX "project_online_id_key" ON "project"("online_id");

-- CreateIndex
CREATE INDEX "definition_project_id_kind_updated_at_idx" ON "definition"("project_id", "kind", "updated_at");

-- CreateIndex
CREATE UNIQUE INDEX "definition_project_id_kind_name_key" ON "definition"("project_id", "kind", "name");

-- CreateIndex
CREATE INDEX "feature_project_id_name_idx" ON "feature"("project_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "feature_view_id_name_key" ON "feature"("view_id", "name");

-- CreateIndex
CREATE INDEX "view_version_view_id_idx" ON "view_version"("view_id");

-- CreateIndex
CREATE UNIQUE INDEX "view_version_project_id_view_number_key" ON "view_version"("project_id", "view", "number");

-- CreateIndex
CREATE UNIQUE INDEX "run_active_key_key" ON "run"("active_key");

-- CreateIndex
CREATE INDEX "run_project_id_created_at_idx" ON "run"("project_id", "created_at");

-- CreateIndex
CREATE INDEX "run_group_id_idx" ON "run"("group_id");

-- CreateIndex
CREATE INDEX "run_subject_created_at_idx" ON "run"("subject", "created_at");

-- CreateIndex
CREATE INDEX "run_event_run_id_id_idx" ON "run_event"("run_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_row_hash_key" ON "audit_row"("hash");

-- CreateIndex
CREATE INDEX "audit_row_project_at_idx" ON "audit_row"("project", "at");

-- AddForeignKey
ALTER TABLE "definition" ADD CONSTRAINT "definition_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feature" ADD CONSTRAINT "feature_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "definition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "view_version" ADD CONSTRAINT "view_version_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "view_version" ADD CONSTRAINT "view_version_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "definition"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "online_state" ADD CONSTRAINT "online_state_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "view_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_event" ADD CONSTRAINT "run_event_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "audit_head" DEFAULT VALUES;
