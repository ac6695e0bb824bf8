"use client";
import { CatalogPage } from "../../console/catalog/catalog-page.tsx";

export function CatalogClient() {
  return <CatalogPage title="Catalog" description="Every feature, and the views, entities, sources and services around it." />;
}
