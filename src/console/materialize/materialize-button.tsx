"use client";
import { useQuery } from "@tanstack/react-query";
import { LoaderCircle, RefreshCw } from "lucide-react";
import { formatShare } from "../format/index.ts";
import { shareOf } from "../run/stages.ts";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { useOpenMaterialize } from "./use-materialize-address.ts";

/** Opens the dialog; while a run of the view is active it shows how far that is, and opens it. */
export function MaterializeButton({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const open = useOpenMaterialize();
  const { data } = useQuery(trpc.run.list.queryOptions({ view, kinds: ["materialize"], states: ["queued", "running"], pageSize: 1 }));
  const active = data?.rows[0];
  if (!active || active.finishedAt !== null) {
    return (
      <Button look="primary" data-shortcut="m" onClick={() => void open(view)}>
        <RefreshCw aria-hidden="true" /> Materialize
      </Button>
    );
  }
  const share = shareOf(active);
  return (
    <Button data-shortcut="m" onClick={() => void open(view, active.id)}>
      <LoaderCircle className="animate-spin text-accent" aria-hidden="true" />
      <span className="tabular">{active.state === "queued" ? "Queued" : `Materializing${share === null ? "" : ` ${formatShare(share)}`}`}</span>
    </Button>
  );
}
