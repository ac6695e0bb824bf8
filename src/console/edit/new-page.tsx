"use client";
import { parseAsString, useQueryStates } from "nuqs";
import { Page, PageTitle } from "../shell/page.tsx";
import { EntityForm } from "./entity-form.tsx";
import { EDIT_WORDS, type EditKind } from "./kinds.ts";
import { ServiceForm } from "./service-form.tsx";
import { SourceForm } from "./source-form.tsx";
import { ViewForm } from "./view-form.tsx";

const ABOUT: Readonly<Record<EditKind, string>> = {
  view: "Typed features of one entity set, from one source.",
  entity: "What features describe: a driver, a city. Its join keys say which one.",
  source: "Where rows come from: Parquet, CSV or JSON lines, and the columns that hold their times.",
  service: "The set of features that one model uses, so that a change can tell who is hit.",
};

/** Makes something new; what the page was opened from is chosen already: `?source=…`, `?entity=…`, `?view=…`. */
export function NewPage({ kind }: { readonly kind: EditKind }) {
  const { one, place, list } = EDIT_WORDS[kind];
  return (
    <Page crumbs={[{ text: place, href: list }, { text: `New ${one}` }]}>
      <PageTitle title={`New ${one}`} description={ABOUT[kind]} />
      <NewForm kind={kind} />
    </Page>
  );
}

const FROM = { source: parseAsString, entity: parseAsString, view: parseAsString };

function NewForm({ kind }: { readonly kind: EditKind }) {
  const [{ source, entity, view }] = useQueryStates(FROM);
  switch (kind) {
    case "entity":
      return <EntityForm initial={null} />;
    case "source":
      return <SourceForm initial={null} />;
    case "view":
      return <ViewForm initial={null} source={source} entity={entity} />;
    case "service":
      return <ServiceForm initial={null} view={view} />;
  }
}
