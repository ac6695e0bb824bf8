import { plural } from "../format/index.ts";
import { DataTable } from "../ui/data-table.tsx";
import { RowLink } from "../ui/link.tsx";

export interface UsedView {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly features: number;
  readonly online: boolean;
}

/** Views that use an entity or a source. */
export function UsedBy({ caption, views }: { readonly caption: string; readonly views: readonly UsedView[] }) {
  return (
    <DataTable
      caption={caption}
      rows={views}
      rowKey={({ name }) => name}
      columns={[
        { key: "name", header: "View", cell: ({ name }) => <RowLink href={`/views/${name}`}>{name}</RowLink> },
        { key: "type", header: "Type", cell: ({ type, online }) => <span className="text-ink-2">{online ? type : `${type}, offline only`}</span> },
        { key: "features", header: "Features", cell: ({ features }) => <span className="text-ink-2">{features}</span>, align: "right", className: "w-20" },
        {
          key: "description",
          header: "Description",
          cell: ({ description }) => <span className="block truncate text-ink-2">{description}</span>,
          className: "max-w-0 w-1/2",
        },
      ]}
      item={(view) => (
        <>
          <RowLink href={`/views/${view.name}`}>{view.name}</RowLink>
          <p className="truncate text-ink-2 text-xs">
            {view.type} · {plural(view.features, "feature")} · {view.description}
          </p>
        </>
      )}
    />
  );
}
