/** Text shorter than this is cheaper to add to a string than to copy as bytes. */
const SHORT = 256;

/** JSON text that an answer holds more than once: made into bytes once, copied after that. */
export type SharedText = string | Buffer;

export function sharedText(text: string): SharedText {
  return text.length < SHORT ? text : Buffer.from(text);
}

/** Puts an answer's body together from texts. */
export class BodyWriter {
  readonly #parts: Buffer[] = [];
  #pending = "";

  add(text: string): void {
    this.#pending += text;
  }

  addShared(text: SharedText): void {
    if (typeof text === "string") {
      this.#pending += text;
      return;
    }
    this.#flush();
    this.#parts.push(text);
  }

  /** All of it: text while it is short, since that leaves in one write with the headers; else UTF-8 bytes, since those are copied least. */
  take(): string | Buffer {
    if (this.#parts.length === 0) return this.#pending;
    this.#flush();
    return Buffer.concat(this.#parts);
  }

  #flush(): void {
    if (this.#pending !== "") this.#parts.push(Buffer.from(this.#pending));
    this.#pending = "";
  }
}
