"use client";
import { PageFailed } from "../console/shell/page-failed.tsx";

export default function PageError({ error, reset }: { readonly error: Error & { readonly digest?: string }; readonly reset: () => void }) {
  return <PageFailed digest={error.digest} onRetry={reset} />;
}
