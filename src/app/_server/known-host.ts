import { isIP } from "node:net";

/*
 * A page of a foreign site can make a browser talk to loopback, directly or through a DNS name that it points there. So a request must be
 * addressed to a name that is ours (Host), and one that a page sent must come from a page of this very console (Origin, Sec-Fetch-Site).
 */

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1"]);

export interface RequestNames {
  readonly host: string | null;
  readonly origin: string | null;
  /** Sec-Fetch-Site as the browser says it. */
  readonly site: string | null;
  /** A plain visit by link or address bar may come from anywhere. */
  readonly isVisit: boolean;
}

interface OwnNames {
  /** The address listened on; with a wildcard every IP address is ours. */
  readonly listenHost: string;
  /** Further names under which the console is known, lower case. */
  readonly hosts?: readonly string[];
}

/** Why a request is refused, or null when it may pass. */
export function refusal({ host, origin, site, isVisit }: RequestNames, own: OwnNames): string | null {
  const name = host === null ? null : hostName(`http://${host}`);
  if (name === null || !isOurs(name, own))
    return `This console does not go by the name "${host ?? ""}". Ask it by localhost or the address it listens on (LARDER_HOST), or name it in LARDER_ALLOWED_HOSTS.`;
  if (origin !== null && !(URL.canParse(origin) && new URL(origin).host === host)) return `Pages of ${origin} may not talk to this console.`;
  if (site === "cross-site" && !isVisit) return "Pages of other sites may not talk to this console.";
  return null;
}

function isOurs(name: string, { listenHost, hosts = [] }: OwnNames): boolean {
  const isWildcard = listenHost === "0.0.0.0" || listenHost === "::";
  return LOOPBACK.has(name) || name === listenHost.toLowerCase() || hosts.includes(name) || (isWildcard && isIP(name) !== 0);
}

function hostName(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  return hostname.startsWith("[") ? hostname.slice(1, -1).toLowerCase() : hostname.toLowerCase();
}

/** Read where pages are guarded, which is before the runtime is there. */
export const OWN_NAMES: OwnNames = {
  listenHost: process.env.LARDER_HOST || "127.0.0.1",
  hosts: (process.env.LARDER_ALLOWED_HOSTS ?? "").split(",").map((name) => name.trim().toLowerCase()),
};
