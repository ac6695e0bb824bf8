"use client";
import { useQueries } from "@tanstack/react-query";
import { useFormContext, useWatch } from "react-hook-form";
import { fullFeatureName } from "../../domain/index.ts";
import { formatCount } from "../format/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { Health } from "../ui/health.tsx";
import { Panel } from "../ui/panel.tsx";
import type { ServiceValues } from "./form-values.ts";

/** The names of an answer and the keys of a question, as the service would have them. */
export function JoinedNames() {
  const trpc = useTRPC();
  const { control } = useFormContext<ServiceValues>();
  const parts = useWatch({ control, name: "projections" });
  const views = useQueries({ queries: parts.map(({ view }) => trpc.view.get.queryOptions({ view })) });
  const outputs = parts.flatMap(({ view, alias, isWhole, features }, index) => {
    const picked = isWhole ? (views[index]?.data?.view.features.map(({ name }) => name) ?? []) : features;
    return picked.map((name) => ({ full: fullFeatureName(alias.trim() || view, name), short: name }));
  });
  const keys = new Set(
    parts.flatMap(({ roles }, index) => {
      const own = views[index]?.data?.entities.flatMap(({ joinKeys }) => joinKeys.map(({ name }) => name)) ?? [];
      return own.map((key) => roles.find((role) => role.key === key)?.as.trim() || key);
    }),
  );
  const twice = [...new Set(outputs.filter(({ short }, index) => outputs.findIndex((one) => one.short === short) < index).map(({ short }) => short))];
  if (outputs.length === 0) return null;
  return (
    <Panel title="Names in the answer" hint={formatCount(outputs.length)}>
      <div className="space-y-2 px-3 py-2.5 text-sm">
        <p className="text-ink-2">
          Asked with <span className="font-mono text-ink text-xs">{[...keys].join(", ") || "no key: one row"}</span>, it answers in this order:
        </p>
        <ol aria-label="Names in the answer" className="grid gap-x-4 gap-y-0.5 sm:grid-cols-2">
          {outputs.map(({ full, short }) => (
            <li key={full} className="truncate font-mono text-xs">
              <span className="text-ink-3">{full.slice(0, -short.length)}</span>
              {short}
            </li>
          ))}
        </ol>
        {twice.length > 0 && <Health state="attention">{twice.join(", ")} comes from several views: ask with full feature names</Health>}
      </div>
    </Panel>
  );
}
