"use client";
import { Layers2 } from "lucide-react";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { EmptyState } from "../ui/states.tsx";
import { Page, PageTitle } from "./page.tsx";
import { useProject, withProject } from "./project.tsx";

const FirstSteps = dynamic(() => import("../overview/first-steps.tsx").then((module) => module.FirstSteps));

/** Pages are about one project: before there is one, and where it must be chosen, this stands in their place. */
export function ProjectGate({ children }: { readonly children: ReactNode }) {
  const { current, all, isKnown } = useProject();
  if (!isKnown || current !== null) return children;
  return <Page crumbs={[{ text: "Projects" }]}>{all.length === 0 ? <NoProject /> : <Choices names={all} />}</Page>;
}

function NoProject() {
  return (
    <div className="mx-auto max-w-4xl space-y-4 py-6">
      <PageTitle title="Welcome to Larder" description="Nothing is applied yet. Features are written down in a feature repo; applying it puts them here." />
      <FirstSteps done={0} />
    </div>
  );
}

function Choices({ names }: { readonly names: readonly string[] }) {
  return (
    <EmptyState
      icon={Layers2}
      title="Choose a project"
      isPage
      action={
        <ul className="w-64 divide-y divide-line overflow-hidden rounded-lg border border-line bg-panel text-left shadow-card">
          {names.map((name) => (
            <li key={name} className="relative">
              {/* A plain link: another project is another world, so the page is loaded anew. */}
              <a href={withProject("/", name)} data-row-link="" className="block truncate px-3 py-1.5 font-medium text-ink hover:bg-hover">
                {name}
              </a>
            </li>
          ))}
        </ul>
      }
    >
      There are several, or the one in the address is not there any more.
    </EmptyState>
  );
}
