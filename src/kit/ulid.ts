const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID: 48 bits of milliseconds, 80 random bits; sorts by time as text. `randomBytes(10)` comes in so that tests can fix it. */
export function ulid(nowMs: number, randomBytes: (count: number) => Uint8Array): string {
  let value = BigInt(nowMs);
  for (const byte of randomBytes(10)) value = (value << 8n) | BigInt(byte);
  let text = "";
  for (let index = 0; index < 26; index += 1) {
    text = (ALPHABET[Number(value & 31n)] ?? "0") + text;
    value >>= 5n;
  }
  return text;
}
