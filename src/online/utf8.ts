const SHORT = 40; // up to here a loop over ASCII beats the call into native code

/** Length of a string in UTF-8 bytes. */
export function utf8Length(text: string): number {
  const { length } = text;
  if (length > SHORT) return Buffer.byteLength(text);
  for (let index = 0; index < length; index += 1) {
    if (text.charCodeAt(index) > 0x7f) return Buffer.byteLength(text);
  }
  return length;
}

/** Writes a string as UTF-8 where there is room for it; the offset after it. A lone surrogate becomes U+FFFD. */
export function writeUtf8(target: Buffer, offset: number, text: string): number {
  const { length } = text;
  if (length > SHORT) return offset + target.write(text, offset);
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return offset + target.write(text, offset);
    target[offset + index] = code;
  }
  return offset + length;
}

export function readUtf8(bytes: Uint8Array, start: number, end: number): string {
  return asBuffer(bytes).toString("utf8", start, end);
}

/** The same bytes with Buffer's methods. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
