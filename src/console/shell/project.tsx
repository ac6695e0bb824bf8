"use client";
import { createContext, type ReactNode, useContext } from "react";

export interface ProjectChoice {
  /** The project that the page is about; null: none yet. */
  readonly current: string | null;
  readonly all: readonly string[];
}

const ProjectContext = createContext<ProjectChoice>({ current: null, all: [] });

export function ProjectProvider({ choice, children }: { readonly choice: ProjectChoice; readonly children: ReactNode }) {
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
