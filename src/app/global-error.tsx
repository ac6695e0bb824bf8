"use client";
import "./globals.css";

/** Shown when even the frame cannot be drawn: no provider can be counted on here. */
export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Error · Larder</title>
        <main className="mx-auto max-w-md px-6 py-24 text-center">
          <h1 className="font-medium text-base">The console could not be drawn</h1>
          <p className="mt-1 text-ink-2">What runs in the background goes on. Try again; if it stays like this, look into the log of the console.</p>
          <button type="button" onClick={reset} className="mt-4 h-8 rounded-md border border-line-strong bg-panel px-3">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
