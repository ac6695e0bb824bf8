"use client";
import dynamic from "next/dynamic";
import { useMaterializeAddress } from "./use-materialize-address.ts";

const MaterializeDialog = dynamic(() => import("./materialize-dialog.tsx").then((module) => module.MaterializeDialog), { ssr: false });

/** Shows the dialog when the address asks for it, on any page. */
export function MaterializeHost() {
  const [{ materialize: view, watch: run }, setAddress] = useMaterializeAddress();
  if (view === null) return null;
  return (
    <MaterializeDialog
      view={view}
      run={run}
      onWatch={(started) => void setAddress({ watch: started })}
      onClose={() => void setAddress({ materialize: null, watch: null })}
    />
  );
}
