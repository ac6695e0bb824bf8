export function Kbd({ children }: { readonly children: string }) {
  return (
    <kbd className="inline-grid h-[18px] min-w-[18px] place-items-center rounded border border-line-strong bg-panel px-1 font-sans text-2xs text-ink-2 shadow-card">
      {children}
    </kbd>
  );
}
