/** jsdom lays nothing out: gives every element this size, in pixels, so that charts draw themselves. */
export function drawnSize({ width, height }: { readonly width: number; readonly height: number }): void {
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  } as never;
  HTMLElement.prototype.getBoundingClientRect = () => new DOMRect(0, 0, width, height);
}
