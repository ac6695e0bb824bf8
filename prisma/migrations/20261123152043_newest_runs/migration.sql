-- CreateIndex
CREATE INDEX "run_project_id_kind_subject_state_finished_at_idx" ON "run"("project_id", "kind", "subject", "state", "finished_at");
