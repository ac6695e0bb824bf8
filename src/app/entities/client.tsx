"use client";
import { CatalogPage } from "../../console/catalog/catalog-page.tsx";

export function EntitiesClient() {
  return <CatalogPage title="Entities" description="What features describe: the things with a key." only="entity" />;
}
