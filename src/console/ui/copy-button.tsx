"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";

/** Copies `text`; says so for two seconds. */
export function CopyButton({ text, label = "Copy", iconOnly = false }: { readonly text: string; readonly label?: string; readonly iconOnly?: boolean }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const word = copied ? "Copied" : label;
  return (
    <Button look="ghost" size={iconOnly ? "icon" : "sm"} aria-label={iconOnly ? word : undefined} onClick={() => void copyText(text).then(setCopied)}>
      {copied ? <Check className="text-good" aria-hidden="true" /> : <Copy aria-hidden="true" />}
      {!iconOnly && <span aria-live="polite">{word}</span>}
    </Button>
  );
}

/** The clipboard is offered to secure pages only; on http beside localhost the old way still works. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    area.style.position = "fixed";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
