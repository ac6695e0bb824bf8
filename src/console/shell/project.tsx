"use client";
import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type Outputs, useTRPC } from "./trpc.ts";

export interface ProjectChoice {
  /** The project that the page is about; null: none yet. */
  readonly current: string | null;
  readonly all: readonly string[];
  /** Whether the list of projects has been read. */
  readonly isKnown: boolean;
}

const ProjectContext = createContext<ProjectChoice>({ current: null, all: [], isKnown: false });

const FIRST_POLL_MS = 3_000;

/** Before the first apply there is no project whose events could be followed. */
function pollUntilThereIsOne({ state }: { readonly state: { readonly data: Outputs["project"]["list"] | undefined } }): number | false {
  return state.data?.projects.length === 0 ? FIRST_POLL_MS : false;
}

interface ProjectProviderProps {
  /** What the server knew when it drew the page; null: nothing, the list is asked for here. */
  readonly known: Outputs["project"]["list"] | null;
  readonly children: ReactNode;
}

export function ProjectProvider({ known, children }: ProjectProviderProps) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.project.list.queryOptions(undefined, { ...(known && { initialData: known }), staleTime: 60_000, refetchInterval: pollUntilThereIsOne }),
  );
  const choice = useMemo(() => ({ current: data?.current ?? null, all: data?.projects.map(({ name }) => name) ?? [], isKnown: data !== undefined }), [data]);
  return <ProjectContext value={choice}>{children}</ProjectContext>;
}

export function useProject(): ProjectChoice {
  return useContext(ProjectContext);
}

/** An address inside the console. Where there are several projects it names its own, so that it means the same to a colleague. */
export function useHref(): (path: string) => string {
  const { current, all } = useProject();
  return (path) => (all.length > 1 && current !== null ? withProject(path, current) : path);
}

export function withProject(path: string, project: string): string {
  const [before = path, hash] = path.split("#");
  const [pathname = "/", search = ""] = before.split("?");
  const params = new URLSearchParams(search);
  params.set("project", project);
  return `${pathname}?${params}${hash === undefined ? "" : `#${hash}`}`;
}
