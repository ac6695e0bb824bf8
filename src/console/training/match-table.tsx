import { formatCount, formatShare } from "../format/index.ts";

interface Matches {
  readonly view: string;
  readonly joinKeyMap: Readonly<Record<string, string>>;
  readonly matched: number;
  readonly expired: number;
  readonly notFound: number;
}

const PARTS = [
  { key: "matched", text: "matched", look: "bg-accent-solid" },
  { key: "expired", text: "expired", look: "bg-accent-solid/45" },
  { key: "notFound", text: "not found", look: "bg-ink-3/40" },
] as const;

/** Of each view: for how many entity rows it has an answer, only rows older than its ttl, or nothing. */
export function MatchTable({ views }: { readonly views: readonly Matches[] }) {
  return (
    <ul className="space-y-3" aria-label="Matches by view">
      {views.map((view) => {
        const rows = Math.max(1, view.matched + view.expired + view.notFound);
        const roles = Object.entries(view.joinKeyMap).map(([key, column]) => `${column} for ${key}`);
        return (
          <li key={`${view.view}:${roles.join()}`}>
            <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
              <span className="font-mono text-ink text-xs">
                {view.view}
                {roles.length > 0 && <span className="text-ink-3"> by {roles.join(", ")}</span>}
              </span>
              <span className="tabular flex flex-wrap gap-x-3 text-ink-2 text-xs">
                {PARTS.map(({ key, text, look }) => (
                  <span key={key} className="flex items-center gap-1.5" title={`${formatCount(view[key])} rows`}>
                    <span className={`size-2 rounded-full ${look}`} aria-hidden="true" />
                    {formatShare(view[key] / rows)} {text}
                  </span>
                ))}
              </span>
            </p>
            <div className="mt-1 flex h-1.5 gap-0.5 overflow-hidden rounded-full bg-pressed" aria-hidden="true">
              {PARTS.map(({ key, look }) => (
                <span key={key} className={look} style={{ width: `${(view[key] / rows) * 100}%` }} />
              ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
