import { isUtf8 } from "node:buffer";
import { LarderError, parseJsonExact } from "../kit/index.ts";

/** A request's body as JSON with whole numbers exact. Throws invalid_argument that says where it stops being JSON. */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) throw new LarderError("invalid_argument", "The body is empty: send a JSON object.");
  if (!isUtf8(body)) throw new LarderError("invalid_argument", "The body is not UTF-8 text.");
  const text = body.toString("utf8");
  try {
    return parseJsonExact(text);
  } catch {
    const position = jsonErrorPosition(text);
    const before = text.slice(0, position).split("\n");
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1} (position ${position})`;
    const found = position >= text.length ? "the end of the body" : JSON.stringify(text.slice(position, position + 20));
    throw new LarderError("invalid_argument", `The body is not JSON: ${place} has ${found}.`, {
      hint: 'Numbers that JSON does not know are strings: "NaN", "Infinity", "-Infinity".',
    });
  }
}

const TOKEN = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\]:,]/y;
const SPACE = /[ \t\n\r]*/y;

type Expecting = "value" | "first item" | "first key" | "key" | "colon" | "more" | "end";

/** Offset of the first token that cannot stand where it stands; the text's length when it merely ends too soon. V8 does not always say. */
export function jsonErrorPosition(text: string): number {
  const open: ("[" | "{")[] = [];
  let expecting: Expecting = "value";
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    SPACE.test(text);
    at = SPACE.lastIndex;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    const next: Expecting | null = token === undefined ? null : step(expecting, token, open);
    if (token === undefined || next === null) return at;
    expecting = next;
    at += token.length;
  }
}

/** What may follow once `token` was read, or null when it may not stand there. */
function step(expecting: Expecting, token: string, open: ("[" | "{")[]): Expecting | null {
  const isName = token.startsWith('"');
  const after = (): Expecting => (open.length === 0 ? "end" : "more");
  const close = (bracket: "[" | "{"): Expecting | null => (open.pop() === bracket ? after() : null);
  switch (expecting) {
    case "first item":
      if (token === "]") return close("[");
      return value(token, open, after);
    case "value":
      return value(token, open, after);
    case "first key":
      if (token === "}") return close("{");
      return isName ? "colon" : null;
    case "key":
      return isName ? "colon" : null;
    case "colon":
      return token === ":" ? "value" : null;
    case "more":
      if (token === ",") return open.at(-1) === "[" ? "value" : "key";
      return token === "]" ? close("[") : token === "}" ? close("{") : null;
    case "end":
      return null;
  }
}

function value(token: string, open: ("[" | "{")[], after: () => Expecting): Expecting | null {
  if (token === "[" || token === "{") {
    open.push(token);
    return token === "[" ? "first item" : "first key";
  }
  return /^[}\]:,]$/.test(token) ? null : after();
}
