"use client";
import { Dialog, DialogBody } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { SHORTCUTS } from "./shortcuts.ts";

export function HelpDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keys" description="Everything here works without a mouse." className="w-[min(440px,calc(100vw-24px))]">
      <DialogBody>
        <dl className="divide-y divide-line">
          {SHORTCUTS.map(({ keys, text }) => (
            <div key={text} className="flex h-8 items-center justify-between">
              <dt className="text-ink text-sm">{text}</dt>
              <dd className="flex gap-1">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </DialogBody>
    </Dialog>
  );
}
