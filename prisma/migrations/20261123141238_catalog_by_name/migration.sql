-- CreateIndex
CREATE INDEX "catalog_entry_project_id_name_idx" ON "catalog_entry"("project_id", "name");
