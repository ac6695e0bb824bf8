import type { Origin, Tags } from "../../domain/index.ts";
import { Badge } from "./badge.tsx";
import { Fact } from "./panel.tsx";
import { UtcTime } from "./time.tsx";

/** Whose it is and how it is tagged, under a title. */
export function OwnerAndTags({ definition: { owner, tags } }: { readonly definition: { readonly owner: string | null; readonly tags: Tags } }) {
  return (
    <>
      <span className="text-ink-2">{owner === null ? "no owner" : `owner ${owner}`}</span>
      {Object.entries(tags).map(([key, value]) => (
        <Badge key={key}>
          {key}:{value}
        </Badge>
      ))}
    </>
  );
}

interface DefinedInProps {
  readonly record: { readonly origin: Origin | null; readonly managedBy: string; readonly updatedAt: Date };
}

/** Where a definition is written and when it changed, as rows of Facts. */
export function DefinedIn({ record: { origin, managedBy, updatedAt } }: DefinedInProps) {
  return (
    <>
      <Fact term="Managed by">{managedBy.replace("repo:", "repo ")}</Fact>
      <Fact term="Written in">
        {origin ? (
          <span className="break-all font-mono text-xs">
            {origin.file}:{origin.line}
          </span>
        ) : (
          "the console"
        )}
      </Fact>
      <Fact term="Changed">
        <UtcTime at={updatedAt} />
      </Fact>
    </>
  );
}
