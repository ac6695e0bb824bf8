import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { LarderError } from "../../kit/index.ts";
import { within } from "./within.ts";

/** Where clouds tell a machine its credentials. Receivers on a private network or on this machine are welcome. */
const METADATA = new BlockList();
METADATA.addSubnet("169.254.0.0", 16, "ipv4");
METADATA.addSubnet("fe80::", 10, "ipv6");
METADATA.addAddress("fd00:ec2::254", "ipv6");
METADATA.addAddress("100.100.100.200", "ipv4");

/** Throws failed_precondition for an address that no alert may go to, whatever name it stands behind; unavailable for a name that nobody knows. */
export async function refuseMetadata(url: string, timeoutMs = 10_000): Promise<void> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  const found = isIP(host) === 0 ? await addressesOf(host, timeoutMs) : [host];
  if (!found.some((address) => METADATA.check(address, isIP(address) === 6 ? "ipv6" : "ipv4"))) return;
  throw new LarderError("failed_precondition", "Alerts do not go to link-local addresses.", { hint: "Give the address of a receiver." });
}

async function addressesOf(host: string, timeoutMs: number): Promise<readonly string[]> {
  const found = await within(lookup(host, { all: true }), timeoutMs).catch((cause: unknown) => {
    throw new LarderError("unavailable", "The receiver's name is not known.", { cause });
  });
  return found.map(({ address }) => address);
}
