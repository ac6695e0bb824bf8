import { isIP } from "node:net";
import { LarderError } from "../kit/index.ts";

/*
 * A page of a foreign site can make a browser talk to loopback, directly or through a DNS name that it points there. So a request
 * must be addressed to a name that is ours (Host), and a browser's must come from a page of such a name (Origin).
 */

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1"]);
const REMEMBERED_MAX = 1_000;

export interface OriginRules {
  /** The address listened on; with a wildcard (0.0.0.0, ::) every IP address is ours: only names can be made to point elsewhere. */
  readonly listenHost: string;
  /** Further names under which this server is known. */
  readonly hosts: readonly string[];
}

/** A check of the Host and Origin headers; it throws permission_denied for what is not ours. */
export function createOriginCheck({ listenHost, hosts }: OriginRules): (host: string | undefined, origin: string | undefined) => void {
  const ours = new Set([...hosts, listenHost].map((name) => bare(name.toLowerCase())));
  const isWildcard = listenHost === "0.0.0.0" || listenHost === "::";
  const isOurs = (name: string): boolean => LOOPBACK.has(name) || ours.has(name) || (isWildcard && isIP(name) !== 0);
  const good = new Set<string>();
  const accept = (header: string, url: string): boolean => {
    if (good.has(header)) return true;
    const name = hostName(url);
    if (name === null || !isOurs(name)) return false;
    if (good.size < REMEMBERED_MAX) good.add(header);
    return true;
  };
  return (host, origin) => {
    if (host === undefined || !accept(host, `http://${host}`)) {
      throw new LarderError("permission_denied", `This server does not go by the name "${host ?? ""}".`, {
        hint: "Ask it by localhost or the address it listens on, or name it in LARDER_ALLOWED_HOSTS.",
      });
    }
    if (origin !== undefined && !accept(origin, origin)) {
      throw new LarderError("permission_denied", `Pages of ${origin} may not talk to this server.`);
    }
  };
}

function hostName(url: string): string | null {
  return URL.canParse(url) ? bare(new URL(url).hostname.toLowerCase()) : null;
}

/** An IPv6 address without its brackets. */
function bare(name: string): string {
  return name.startsWith("[") && name.endsWith("]") ? name.slice(1, -1) : name;
}
