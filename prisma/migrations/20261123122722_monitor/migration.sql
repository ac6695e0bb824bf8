-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "heartbeat" (
    "process" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "heartbeat_pkey" PRIMARY KEY ("process")
);

-- CreateTable
CREATE TABLE "view_schedule" (
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "paused_by" TEXT,
    "last_tick_at" TIMESTAMPTZ(3),

    CONSTRAINT "view_schedule_pkey" PRIMARY KEY ("project_id","view")
);

-- CreateTable
CREATE TABLE "source_probe" (
    "project_id" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "newest_event" BIGINT,
    "usual_age_seconds" DOUBLE PRECISION,
    "error" TEXT,
    "measured_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_probe_pkey" PRIMARY KEY ("project_id","source")
);

-- CreateTable
CREATE TABLE "online_probe" (
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "store" TEXT NOT NULL,
    "version_id" INTEGER NOT NULL,
    "ttl_seconds" INTEGER,
    "keys" INTEGER NOT NULL,
    "looked" INTEGER NOT NULL,
    "expired" INTEGER NOT NULL,
    "exact" BOOLEAN NOT NULL,
    "newest_event" BIGINT,
    "oldest_event" BIGINT,
    "ages" JSONB NOT NULL,
    "error" TEXT,
    "measured_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "online_probe_pkey" PRIMARY KEY ("project_id","view")
);

-- CreateTable
CREATE TABLE "freshness_sample" (
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "span" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "on_time" INTEGER NOT NULL,
    "at_risk" INTEGER NOT NULL,
    "late" INTEGER NOT NULL,
    "unknown" INTEGER NOT NULL,
    "age_seconds_max" DOUBLE PRECISION,
    "objective_seconds" DOUBLE PRECISION,
    "cause" TEXT,

    CONSTRAINT "freshness_sample_pkey" PRIMARY KEY ("project_id","span","at","view")
);

-- CreateTable
CREATE TABLE "expiry_sample" (
    "project_id" INTEGER NOT NULL,
    "view" TEXT NOT NULL,
    "span" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "keys" INTEGER NOT NULL,
    "looked" INTEGER NOT NULL,
    "expired" INTEGER NOT NULL,

    CONSTRAINT "expiry_sample_pkey" PRIMARY KEY ("project_id","span","at","view")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "check" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "cause" TEXT,
    "cause_text" TEXT NOT NULL DEFAULT '',
    "owner" TEXT,
    "team" TEXT,
    "assignee" TEXT,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" TEXT,
    "snoozed_until" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "open_key" TEXT,
    "memory" JSONB NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_event" (
    "id" BIGSERIAL NOT NULL,
    "incident_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT,
    "text" TEXT NOT NULL,

    CONSTRAINT "incident_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_channel" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_route" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "team" TEXT,
    "severity_min" TEXT NOT NULL,

    CONSTRAINT "alert_route_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" BIGSERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "incident_id" INTEGER,
    "once_key" TEXT NOT NULL,
    "message" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "heartbeat_kind_beat_at_idx" ON "heartbeat"("kind", "beat_at");

-- CreateIndex
CREATE INDEX "freshness_sample_project_id_view_span_at_idx" ON "freshness_sample"("project_id", "view", "span", "at");

-- CreateIndex
CREATE INDEX "expiry_sample_project_id_view_span_at_idx" ON "expiry_sample"("project_id", "view", "span", "at");

-- CreateIndex
CREATE UNIQUE INDEX "incident_open_key_key" ON "incident"("open_key");

-- CreateIndex
CREATE INDEX "incident_project_id_state_opened_at_idx" ON "incident"("project_id", "state", "opened_at");

-- CreateIndex
CREATE INDEX "incident_project_id_subject_opened_at_idx" ON "incident"("project_id", "subject", "opened_at");

-- CreateIndex
CREATE INDEX "incident_event_incident_id_id_idx" ON "incident_event"("incident_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "alert_channel_project_id_name_key" ON "alert_channel"("project_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "alert_once_key_key" ON "alert"("once_key");

-- CreateIndex
CREATE INDEX "alert_state_due_at_idx" ON "alert"("state", "due_at");

-- AddForeignKey
ALTER TABLE "view_schedule" ADD CONSTRAINT "view_schedule_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source_probe" ADD CONSTRAINT "source_probe_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "online_probe" ADD CONSTRAINT "online_probe_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "freshness_sample" ADD CONSTRAINT "freshness_sample_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "expiry_sample" ADD CONSTRAINT "expiry_sample_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_event" ADD CONSTRAINT "incident_event_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_channel" ADD CONSTRAINT "alert_channel_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_route" ADD CONSTRAINT "alert_route_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_route" ADD CONSTRAINT "alert_route_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "alert_channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "alert_channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
