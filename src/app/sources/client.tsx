"use client";
import { CatalogPage } from "../../console/catalog/catalog-page.tsx";

export function SourcesClient() {
  return <CatalogPage title="Sources" description="Where rows come from: files, tables, streams and pushes." only="data_source" />;
}
