"use client";
import { CatalogPage } from "../../console/catalog/catalog-page.tsx";

export function ServicesClient() {
  return <CatalogPage title="Services" description="The sets of features that models read." only="feature_service" />;
}
