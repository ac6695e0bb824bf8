"use client";
import { MapPinOff } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { AppLink } from "../ui/link.tsx";
import { EmptyState } from "../ui/states.tsx";
import { useFrame } from "./frame-actions.ts";
import { Page } from "./page.tsx";

/** An address without a page. */
export function NothingHere() {
  const { openPalette } = useFrame();
  const action = (
    <div className="flex gap-2">
      <Button look="primary" asChild>
        <AppLink href="/catalog">Go to the catalog</AppLink>
      </Button>
      <Button onClick={openPalette}>Find it by name</Button>
    </div>
  );
  return (
    <Page crumbs={[{ text: "Nothing here" }]}>
      <EmptyState icon={MapPinOff} isPage title="There is nothing at this address" action={action}>
        It may have been renamed or removed, or belongs to another project.
      </EmptyState>
    </Page>
  );
}
