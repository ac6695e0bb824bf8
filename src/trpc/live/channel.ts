/** Several producers, one reader: what is pushed comes out in order; ends when closed, throws when failed. */
export interface Channel<T> extends AsyncIterable<T> {
  push(item: T): void;
  close(): void;
  fail(error: unknown): void;
}

export function channel<T>(): Channel<T> {
  const items: T[] = [];
  let ended: { readonly error?: unknown } | null = null;
  let wake: (() => void) | null = null;
  const change = (apply: () => void) => {
    if (ended) return;
    apply();
    wake?.();
  };
  return {
    push: (item) => change(() => items.push(item)),
    close: () => change(() => (ended = {})),
    fail: (error) => change(() => (ended = { error })),
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const item = items.shift();
        if (item !== undefined) yield item;
        else if (ended) {
          if ("error" in ended) throw ended.error;
          return;
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
