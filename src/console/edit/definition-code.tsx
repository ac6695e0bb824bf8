"use client";
import { useQuery } from "@tanstack/react-query";
import type { DefinitionKind } from "../../domain/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { CodeBlock } from "../ui/code.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

/** A definition as TypeScript, ready to copy into a feature repo. */
export function DefinitionCode({ kind, name }: { readonly kind: DefinitionKind; readonly name: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.definition.get.queryOptions({ kind, name }));
  return (
    <QueryRegion query={query} what="the definition as code" loading={<Skeleton className="h-40 rounded-lg" />}>
      {({ typescript }) => <CodeBlock title="This definition, as TypeScript" code={typescript} />}
    </QueryRegion>
  );
}
