import { Command, type Redis } from "ioredis";

/*
 * Commands over many binary keys, written in Redis' protocol straight from the batch's memory: ioredis would make a buffer per
 * argument, which costs more than all the rest of a write.
 */

const OVERHEAD = 16; // "$4294967295\r\n" before an argument, "\r\n" after it
const COPY_FROM = 48; // shorter runs of bytes are copied faster by a loop

class PreparedCommand extends Command {
  private readonly bytes: Buffer;

  constructor(name: string, bytes: Buffer) {
    super(name, []);
    this.bytes = bytes;
  }

  override toWritable(): Buffer {
    return this.bytes;
  }
}

/** Writes one command of a known number of arguments, its name being the first. */
export class CommandWriter {
  private readonly bytes: Buffer;
  private readonly name: string;
  private length = 0;

  /** `payloadBytes`: no less than all arguments together, the name aside. */
  constructor(name: string, args: number, payloadBytes: number) {
    this.name = name;
    this.bytes = Buffer.allocUnsafe(OVERHEAD + name.length + (args + 2) * OVERHEAD + payloadBytes);
    this.header(0x2a, args + 1);
    this.text(name);
  }

  text(argument: string): void {
    this.header(0x24, Buffer.byteLength(argument));
    this.length += this.bytes.write(argument, this.length);
    this.endOfLine();
  }

  /** The bytes [start, end) of `source` as one argument, between two others that belong to it. */
  slice(
    source: Uint8Array,
    { start, end }: { readonly start: number; readonly end: number },
    around?: { readonly prefix: Buffer; readonly suffix: Buffer },
  ): void {
    this.header(0x24, end - start + (around ? around.prefix.length + around.suffix.length : 0));
    if (around) this.copy(around.prefix, 0, around.prefix.length);
    this.copy(source, start, end);
    if (around) this.copy(around.suffix, 0, around.suffix.length);
    this.endOfLine();
  }

  finish(): Command {
    return new PreparedCommand(this.name, this.bytes.subarray(0, this.length));
  }

  private copy(source: Uint8Array, start: number, end: number): void {
    const { bytes } = this;
    let at = this.length;
    this.length += end - start;
    if (end - start > COPY_FROM) bytes.set(source.subarray(start, end), at);
    else for (let from = start; from < end; from += 1, at += 1) bytes[at] = source[from] ?? 0;
  }

  private header(sign: number, count: number): void {
    this.bytes[this.length] = sign;
    this.length += 1;
    if (count > 999) this.length += this.bytes.write(String(count), this.length, "latin1");
    else this.smallNumber(count);
    this.endOfLine();
  }

  private smallNumber(count: number): void {
    const { bytes } = this;
    if (count > 99) bytes[this.length++] = 0x30 + Math.floor(count / 100);
    if (count > 9) bytes[this.length++] = 0x30 + (Math.floor(count / 10) % 10);
    bytes[this.length++] = 0x30 + (count % 10);
  }

  private endOfLine(): void {
    this.bytes[this.length++] = 0x0d;
    this.bytes[this.length++] = 0x0a;
  }
}

/** Sends a command; its answer, which is a T by Redis' documentation. */
export function send<T>(redis: Redis, command: Command): Promise<T> {
  redis.sendCommand(command);
  return command.promise as Promise<T>;
}

const held = new WeakSet<Redis["stream"]>();

/** As send, but leaves together with the other commands of this turn of the event loop: under load a write to the socket costs more than its bytes. */
export function sendTogether<T>(redis: Redis, command: Command): Promise<T> {
  const { stream } = redis;
  if (stream && !held.has(stream)) {
    held.add(stream);
    stream.cork();
    setImmediate(() => {
      held.delete(stream);
      stream.uncork();
    });
  }
  return send(redis, command);
}

/** The values of these keys, null where there is none. */
export function readKeys(redis: Redis, keys: readonly Uint8Array[]): Promise<(Buffer | null)[]> {
  const payload = keys.reduce((sum, key) => sum + key.length, 0);
  const writer = new CommandWriter("mget", keys.length, payload);
  for (const key of keys) writer.slice(key, { start: 0, end: key.length });
  return send(redis, writer.finish());
}
