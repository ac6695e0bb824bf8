"use client";
import { useQuery } from "@tanstack/react-query";
import { ListFilter } from "lucide-react";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuChoice } from "../ui/menu.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { RUN_STATES, type RunsAddress } from "./runs-address.ts";
import { TimeFilter } from "./time-filter.tsx";

interface RunFiltersProps {
  readonly address: RunsAddress;
  readonly onChange: (change: Partial<RunsAddress>) => void;
}

/** Which runs: of what, in which state, of which kind, by whom, when. */
export function RunFilters({ address, onChange }: RunFiltersProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.run.choices.queryOptions());
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField label="Only runs of this view" placeholder="View, or part of its name" value={address.view} onChange={(view) => onChange({ view })} />
      <ChoiceMenu none="All states" choices={RUN_STATES} chosen={address.state} onChange={(state) => onChange({ state })} />
      <ChoiceMenu none="All kinds" choices={data?.kinds ?? []} chosen={address.kind} onChange={(kind) => onChange({ kind })} />
      <ChoiceMenu none="By anyone" choices={data?.actors ?? []} chosen={address.by} onChange={(by) => onChange({ by })} />
      <TimeFilter from={address.from} to={address.to} onChange={onChange} />
    </div>
  );
}

interface ChoiceMenuProps<T extends string> {
  readonly none: string;
  readonly choices: readonly T[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: T[]) => void;
}

/** Left out where there is nothing to choose between. */
function ChoiceMenu<T extends string>({ none, choices, chosen, onChange }: ChoiceMenuProps<T>) {
  const all = [...choices, ...chosen.filter((each) => !choices.includes(each))];
  if (all.length < 2 && chosen.length === 0) return null;
  const toggle = (value: T) => onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  return (
    <Menu
      trigger={
        <Button>
          <ListFilter aria-hidden="true" />
          <span className="max-w-48 truncate first-letter:uppercase">{chosen.length === 0 ? none : chosen.join(", ")}</span>
        </Button>
      }
    >
      {all.map((value) => (
        <MenuChoice key={value} checked={chosen.includes(value)} onToggle={() => toggle(value)}>
          <span className="first-letter:uppercase">{value}</span>
        </MenuChoice>
      ))}
    </Menu>
  );
}
