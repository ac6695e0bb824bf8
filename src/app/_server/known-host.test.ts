import { describe, expect, it } from "vitest";
import { type RequestNames, refusal } from "./known-host.ts";

const visit: RequestNames = { host: "localhost:3000", origin: null, site: "none", isVisit: true };
const call: RequestNames = { host: "localhost:3000", origin: "http://localhost:3000", site: "same-origin", isVisit: false };

describe("who may talk to the console", () => {
  it.each(["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST"])("answers by the loopback name %s", (host) => {
    expect(refusal({ ...visit, host }, { listenHost: "127.0.0.1" })).toBeNull();
  });

  it.each([null, "", "larder.evil.example", "localhost.evil.example:3000", "10.0.0.7:3000"])("does not answer by the name %s", (host) => {
    expect(refusal({ ...visit, host }, { listenHost: "127.0.0.1" })).toContain("does not go by the name");
  });

  it("answers by the address that it listens on, and by any IP address when it listens on all", () => {
    expect(refusal({ ...visit, host: "larder.fleet.example:3000" }, { listenHost: "larder.fleet.example" })).toBeNull();
    expect(refusal({ ...visit, host: "10.0.0.7:3000" }, { listenHost: "0.0.0.0" })).toBeNull();
    expect(refusal({ ...visit, host: "evil.example:3000" }, { listenHost: "0.0.0.0" })).not.toBeNull();
  });

  it("answers by the names it was given, to their own pages only", () => {
    const own = { listenHost: "127.0.0.1", hosts: ["larder.fleet.example"] };
    expect(refusal({ ...visit, host: "Larder.fleet.example" }, own)).toBeNull();
    expect(refusal({ ...call, host: "larder.fleet.example", origin: "https://larder.fleet.example" }, own)).toBeNull();
    expect(refusal({ ...call, host: "larder.fleet.example", origin: "https://fleet.example" }, own)).toContain("may not talk");
    expect(refusal({ ...visit, host: "fleet.example" }, own)).toContain("LARDER_ALLOWED_HOSTS");
  });

  it.each(["http://evil.example", "http://localhost:8080", "null", "https://localhost:3000.evil.example"])("refuses a call from a page of %s", (origin) => {
    expect(refusal({ ...call, origin }, { listenHost: "127.0.0.1" })).toContain("may not talk");
  });

  it("lets its own pages and plain tools call, and links lead here", () => {
    expect(refusal(call, { listenHost: "127.0.0.1" })).toBeNull();
    expect(refusal({ ...call, origin: null, site: null }, { listenHost: "127.0.0.1" })).toBeNull();
    expect(refusal({ ...visit, site: "cross-site" }, { listenHost: "127.0.0.1" })).toBeNull();
    expect(refusal({ ...call, origin: null, site: "cross-site" }, { listenHost: "127.0.0.1" })).not.toBeNull();
  });
});
