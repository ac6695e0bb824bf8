"use client";
import NextLink from "next/link";
import type { ComponentProps } from "react";
import { useHref } from "../shell/project.tsx";
import { cn } from "./cn.ts";

type AppLinkProps = Omit<ComponentProps<typeof NextLink>, "href"> & { readonly href: string };

/** A link inside the console; keeps the project in the address where there are several. */
export function AppLink({ href, prefetch = false, ...props }: AppLinkProps) {
  return <NextLink href={useHref()(href)} prefetch={prefetch} {...props} />;
}

/** A link in running text or a cell. */
export function TextLink({ className, ...props }: AppLinkProps) {
  return <AppLink className={cn("rounded-sm text-accent underline decoration-accent-line underline-offset-2 hover:decoration-accent", className)} {...props} />;
}

/** The link of a row: the whole row is its target, and `j` and `k` walk over these. */
export function RowLink({ className, ...props }: AppLinkProps) {
  return (
    <AppLink
      data-row-link=""
      className={cn("font-medium text-ink outline-none after:absolute after:inset-0 after:content-[''] hover:text-accent", className)}
      {...props}
    />
  );
}
