"use client";
import type { ReactElement } from "react";

interface ToastOptions {
  readonly id?: string | number;
  readonly durationMs: number;
}

/** sonner comes after the page stands: no page needs it to be drawn. */
export const loadToasts = () => import("sonner");

/** Shows a notice of our own making; `dismiss` takes it away. */
export function showToast(draw: (dismiss: () => void) => ReactElement, { id, durationMs }: ToastOptions): void {
  void loadToasts().then(({ toast }) => toast.custom((shown) => draw(() => toast.dismiss(shown)), { ...(id !== undefined && { id }), duration: durationMs }));
}
