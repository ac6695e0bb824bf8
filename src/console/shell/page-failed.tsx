"use client";
import { ErrorState } from "../ui/states.tsx";
import { Page } from "./page.tsx";

interface PageFailedProps {
  /** Names the entry in the log of the console's process. */
  readonly digest: string | undefined;
  readonly onRetry: () => void;
}

/** A page that broke while it was drawn; the frame around it works on. */
export function PageFailed({ digest, onRetry }: PageFailedProps) {
  const hint = `The rest of the console works on.${digest ? ` The log of the console has more under ${digest}.` : ""}`;
  return (
    <Page crumbs={[{ text: "Error" }]}>
      <ErrorState what="this page" error={{ code: "internal", message: "Something on this page broke.", hint, retryable: true }} onRetry={onRetry} />
    </Page>
  );
}
