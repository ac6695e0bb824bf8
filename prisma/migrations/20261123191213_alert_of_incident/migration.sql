-- CreateIndex
CREATE INDEX "alert_incident_id_idx" ON "alert"("incident_id");
