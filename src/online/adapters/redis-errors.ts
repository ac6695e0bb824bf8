import { isLarderError, LarderError } from "../../kit/index.ts";

interface Trouble {
  readonly pattern: RegExp;
  readonly says: string;
  readonly hint: string;
  /** Waiting does not help: someone has to change a setting. */
  readonly isLasting?: true;
}

const TROUBLES: readonly Trouble[] = [
  { pattern: /NOAUTH|WRONGPASS|invalid password/, says: "refuses the sign-in", hint: "Set user and password in its address.", isLasting: true },
  {
    pattern: /NOPERM/,
    says: "does not allow a command that Larder needs",
    hint: "Allow it eval, mget, mset, set, get, hget, hincrby, scan, unlink, memory and info on keys that begin with L{.",
    isLasting: true,
  },
  { pattern: /CROSSSLOT|MOVED|ASK \d/, says: "is a cluster", hint: "Give the address of a single Redis server or proxy.", isLasting: true },
  { pattern: /OOM command/, says: "is out of memory", hint: "Raise maxmemory, or drop views that nobody reads." },
  { pattern: /MISCONF/, says: "takes no writes, because it cannot save to disk", hint: "Look at its log and its disk." },
  { pattern: /READONLY|NOREPLICAS/, says: "takes no writes: it is a replica, or has lost its replicas", hint: "Give the address of the primary." },
  { pattern: /LOADING|not ready/, says: "is loading its data", hint: "Wait until it has loaded." },
  { pattern: /MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY /, says: "cannot answer at the moment", hint: "Look at its log." },
  { pattern: /timed? ?out/i, says: "does not answer", hint: "See whether it runs, and whether something keeps it busy." },
];

/** Whatever ioredis throws as "unavailable" naming the place; the values sent stay out of it, and so out of the log. */
export function redisUnavailable(error: unknown, place: string): LarderError {
  if (isLarderError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  const trouble = TROUBLES.find(({ pattern }) => pattern.test(message));
  const says = trouble?.says ?? (isReply(error) ? `refused a command (${message.slice(0, 200)})` : "cannot be reached");
  const hint = trouble?.hint ?? "Start it, or correct its address (REDIS_URL, or online_store.connection_string in feature_store.yaml).";
  return new LarderError("unavailable", `Redis at ${place} ${says}.`, {
    hint,
    retryable: trouble?.isLasting !== true,
    cause: new Error(message),
  });
}

function isReply(error: unknown): boolean {
  return error instanceof Error && error.name === "ReplyError";
}
