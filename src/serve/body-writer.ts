/** Text shorter than this is cheaper to add to a string than to copy as bytes. */
const SHORT = 256;

/** JSON text that an answer holds more than once: made into bytes once, copied after that. */
export type SharedText = string | Buffer;

export function sharedText(text: string): SharedText {
  return text.length < SHORT ? text : Buffer.from(text);
}

/** Puts an answer's body together from texts, as UTF-8 bytes. */
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

  take(): Buffer {
    this.#flush();
    const [only] = this.#parts;
    return this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts);
  }

  #flush(): void {
    if (this.#pending !== "") this.#parts.push(Buffer.from(this.#pending));
    this.#pending = "";
  }
}
