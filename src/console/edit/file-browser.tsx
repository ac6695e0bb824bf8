"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CornerLeftUp, File, Folder, FolderOpen } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { FileFormat } from "../../domain/index.ts";
import { formatBytes, formatCount } from "../format/index.ts";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogBody, DialogFooter } from "../ui/dialog.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { RelativeTime } from "../ui/time.tsx";

type Browsed = Outputs["source"]["browse"];
type Listing = NonNullable<Browsed["listing"]>;

interface FileBrowserProps {
  readonly onPick: (path: string, format: FileFormat) => void;
  readonly onClose: () => void;
}

/** Files on the server, under the folders that were allowed at its start. */
export function FileBrowser({ onPick, onClose }: FileBrowserProps) {
  const trpc = useTRPC();
  const [folder, setFolder] = useState<string | null>(null);
  const query = useQuery(trpc.source.browse.queryOptions({ folder }, { placeholderData: keepPreviousData, staleTime: 0 }));
  return (
    <Dialog
      open
      onClose={onClose}
      title="Pick a file"
      description="Parquet, CSV and JSON lines on the machine that Larder runs on."
      className="w-[min(680px,calc(100vw-24px))]"
    >
      <DialogBody className="min-h-80 px-0 py-2">
        <QueryRegion query={query} what="this folder" loading={<SkeletonRows rows={8} />}>
          {({ roots, listing }) => (
            <>
              {roots.length > 1 && <Roots roots={roots} current={listing?.root.path ?? null} onGo={setFolder} />}
              {listing === null ? <NoRoots /> : <FolderRows listing={listing} onGo={setFolder} onPick={onPick} />}
            </>
          )}
        </QueryRegion>
      </DialogBody>
      <BrowserFooter listing={query.data?.listing ?? null} onPick={onPick} onClose={onClose} />
    </Dialog>
  );
}

function Roots({ roots, current, onGo }: { readonly roots: Browsed["roots"]; readonly current: string | null; readonly onGo: (path: string) => void }) {
  return (
    <div className="flex flex-wrap gap-1.5 border-line border-b px-5 pb-2">
      {roots.map(({ path, name }) => (
        <Button key={path} size="sm" look={path === current ? "secondary" : "ghost"} aria-pressed={path === current} title={path} onClick={() => onGo(path)}>
          <FolderOpen aria-hidden="true" /> {name}
        </Button>
      ))}
    </div>
  );
}

function NoRoots() {
  return (
    <p className="px-5 py-6 text-ink-2 text-sm">
      None of the allowed folders is there. Start Larder with <code className="font-mono text-xs">LARDER_DATA_ROOTS</code> naming the folders that hold your
      data.
    </p>
  );
}

interface FolderRowsProps {
  readonly listing: Listing;
  readonly onGo: (path: string) => void;
  readonly onPick: (path: string, format: FileFormat) => void;
}

function FolderRows({ listing: { path, parent, folders, files, hidden }, onGo, onPick }: FolderRowsProps) {
  return (
    <div>
      <p className="break-all px-5 py-1.5 font-mono text-ink-2 text-xs">{path}</p>
      <ul aria-label={`In ${path}`}>
        {parent !== null && (
          <Row icon={<CornerLeftUp />} onClick={() => onGo(parent)}>
            One folder up
          </Row>
        )}
        {folders.map(({ name, path: inside }) => (
          <Row key={inside} icon={<Folder />} onClick={() => onGo(inside)}>
            {name}
          </Row>
        ))}
        {files.map((file) => (
          <Row
            key={file.path}
            icon={<File />}
            onClick={() => onPick(file.path, file.format)}
            note={
              <>
                <span className="tabular">{formatBytes(file.bytes)}</span>
                <RelativeTime at={file.modifiedAt} className="w-24 text-right max-sm:hidden" />
              </>
            }
          >
            {file.name}
          </Row>
        ))}
      </ul>
      {folders.length + files.length === 0 && <p className="px-5 py-4 text-ink-2 text-sm">Nothing here that a source could read.</p>}
      {hidden > 0 && (
        <p className="px-5 py-1.5 text-ink-3 text-xs">
          {formatCount(hidden)} other {hidden === 1 ? "entry is" : "entries are"} not shown.
        </p>
      )}
    </div>
  );
}

interface RowProps {
  readonly icon: ReactNode;
  readonly note?: ReactNode;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Row({ icon, note, onClick, children }: RowProps) {
  return (
    <li>
      <button
        type="button"
        onClick={onClick}
        className="flex h-8 w-full items-center gap-2.5 px-5 text-left text-ink text-sm hover:bg-hover focus-visible:bg-hover"
      >
        <span className="text-ink-3 [&_svg]:size-3.5" aria-hidden="true">
          {icon}
        </span>
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {note && <span className="flex shrink-0 items-center gap-4 text-ink-3 text-xs">{note}</span>}
      </button>
    </li>
  );
}

/** A folder whose files are all of one format is a source too. */
function BrowserFooter({ listing, onPick, onClose }: FileBrowserProps & { readonly listing: Listing | null }) {
  const formats = new Set(listing?.files.map(({ format }) => format));
  const [format] = formats;
  const isOne = listing !== null && listing.files.length > 1 && formats.size === 1 && format !== undefined;
  return (
    <DialogFooter>
      {isOne && <Button onClick={() => onPick(listing.path, format)}>Take all {formatCount(listing.files.length)} files of this folder</Button>}
      <Button onClick={onClose}>Cancel</Button>
    </DialogFooter>
  );
}
