import { type Expectations, expectationTexts } from "../../domain/index.ts";
import { Badge } from "../ui/badge.tsx";

/** What is expected of a feature's values, and whether a run writes anything when it finds otherwise. */
export function Expected({ expect }: { readonly expect: Expectations | undefined }) {
  if (expect === undefined) return <span className="text-ink-3">–</span>;
  return (
    <span className="text-ink-2">
      {expectationTexts(expect).join(", ")} <Badge>{expect.onFailure === "block" ? "blocks" : "warns"}</Badge>
    </span>
  );
}
