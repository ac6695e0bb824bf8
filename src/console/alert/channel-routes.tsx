"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Select, TextInput } from "../ui/field.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import type { RouteFields } from "./channel-form.ts";

const SEVERITIES = [
  { value: "warning", text: "all incidents" },
  { value: "critical", text: "critical incidents only" },
] as const;
const TEAMS_ID = "teams-that-own";

interface ChannelRoutesProps {
  readonly routes: readonly RouteFields[];
  readonly onChange: (routes: readonly RouteFields[]) => void;
}

/** Whose incidents a channel is told, and from which severity on: a line a route. */
export function ChannelRoutes({ routes, onChange }: ChannelRoutesProps) {
  const trpc = useTRPC();
  const { data: facets } = useQuery(trpc.catalog.facets.queryOptions({}));
  const set = (at: number, change: Partial<RouteFields>) => onChange(routes.map((route, index) => (index === at ? { ...route, ...change } : route)));
  return (
    <fieldset className="space-y-1.5">
      <legend className="mb-1 text-ink-2 text-xs">What is told there</legend>
      <datalist id={TEAMS_ID}>
        {facets?.teams.map(({ value }) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      {routes.map(({ team, severityMin }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a route has no name but its place
        <div key={index} className="grid grid-cols-[1fr_1fr_auto] items-center gap-2">
          <Select
            aria-label={`Severity of route ${index + 1}`}
            value={severityMin}
            onChange={({ target }) => set(index, { severityMin: target.value === "critical" ? "critical" : "warning" })}
          >
            {SEVERITIES.map(({ value, text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </Select>
          <TextInput
            aria-label={`Team of route ${index + 1}`}
            placeholder="of every team"
            list={TEAMS_ID}
            maxLength={128}
            value={team}
            onChange={({ target }) => set(index, { team: target.value })}
          />
          <IconButton
            label={`Remove route ${index + 1}`}
            disabled={routes.length === 1}
            onClick={() => onChange(routes.filter((_, other) => other !== index))}
            hint="Remove this route"
          >
            <X />
          </IconButton>
        </div>
      ))}
      <Button size="sm" onClick={() => onChange([...routes, { team: "", severityMin: "critical" }])}>
        <Plus aria-hidden="true" /> Add a route
      </Button>
    </fieldset>
  );
}
