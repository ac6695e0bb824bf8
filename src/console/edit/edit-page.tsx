"use client";
import { useQuery } from "@tanstack/react-query";
import { FileCode2 } from "lucide-react";
import { useState } from "react";
import type { Definition } from "../../domain/index.ts";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { AppLink } from "../ui/link.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { EntityForm } from "./entity-form.tsx";
import { definitionHref, EDIT_WORDS, type EditKind } from "./kinds.ts";
import { managedInWords } from "./managed-in-words.ts";
import { ServiceForm } from "./service-form.tsx";
import { SourceForm } from "./source-form.tsx";
import { ViewForm } from "./view-form.tsx";

type Found = Outputs["definition"]["get"];

export function EditPage({ kind, name }: { readonly kind: EditKind; readonly name: string }) {
  const trpc = useTRPC();
  const words = EDIT_WORDS[kind];
  const query = useQuery(trpc.definition.get.queryOptions({ kind: words.kind, name }));
  const href = definitionHref({ kind: words.kind, name });
  return (
    <Page crumbs={[{ text: words.place, href: words.list }, { text: name, href }, { text: "Edit" }]}>
      <QueryRegion query={query} what={`the ${words.one} ${name}`} loading={<SkeletonRows rows={10} />}>
        {(found) => <Editing found={found} />}
      </QueryRegion>
    </Page>
  );
}

/** The state that the page was opened with is what is edited; what happens in the registry meanwhile comes up as a conflict. */
function Editing({ found }: { readonly found: Found }) {
  const [{ definition, managedBy, origin }] = useState(found);
  const form = managedBy === "console" ? formOf(definition) : null;
  if (form !== null) {
    return (
      <>
        <PageTitle title={`Edit ${definition.name}`} description="Nothing is saved before you say so; what it would do stands beside the form." />
        {form}
      </>
    );
  }
  const back = (
    <Button asChild>
      <AppLink href={definitionHref(definition)}>Back to {definition.name}</AppLink>
    </Button>
  );
  return (
    <EmptyState icon={FileCode2} isPage title={`${definition.name} is read-only here`} action={back} command="larder apply --repo DIR">
      {managedInWords({ managedBy, origin })} Change it there, then apply it.
    </EmptyState>
  );
}

function formOf(definition: Definition) {
  switch (definition.kind) {
    case "entity":
      return <EntityForm initial={definition} />;
    case "data_source":
      return definition.type === "file" ? <SourceForm initial={definition} /> : null;
    case "feature_view":
      return <ViewForm initial={definition} />;
    case "feature_service":
      return <ServiceForm initial={definition} />;
  }
}
