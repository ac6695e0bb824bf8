import { describe, expect, it } from "vitest";
import { type RequestNames, refusal } from "./known-host.ts";

const visit: RequestNames = { host: "localhost:3000", origin: null, site: "none", isVisit: true };
const call: RequestNames = { host: "localhost:3000", origin: "http://localhost:3000", site: "same-origin", isVisit: false };

describe("who may talk to the console", () => {
  it.each(["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST"])("answers by the loopback name %s", (host) => {
    expect(refusal({ ...visit, host }, "127.0.0.1")).toBeNull();
  });

  it.each([null, "", "larder.evil.example", "localhost.evil.example:3000", "10.0.0.7:3000"])("does not answer by the name %s", (host) => {
    expect(refusal({ ...visit, host }, "127.0.0.1")).toContain("does not go by the name");
  });

  it("answers by the address that it listens on, and by any IP address when it listens on all", () => {
    expect(refusal({ ...visit, host: "larder.fleet.example:3000" }, "larder.fleet.example")).toBeNull();
    expect(refusal({ ...visit, host: "10.0.0.7:3000" }, "0.0.0.0")).toBeNull();
    expect(refusal({ ...visit, host: "evil.example:3000" }, "0.0.0.0")).not.toBeNull();
  });

  it.each(["http://evil.example", "http://localhost:8080", "null", "https://localhost:3000.evil.example"])("refuses a call from a page of %s", (origin) => {
    expect(refusal({ ...call, origin }, "127.0.0.1")).toContain("may not talk");
  });

  it("lets its own pages and plain tools call, and links lead here", () => {
    expect(refusal(call, "127.0.0.1")).toBeNull();
    expect(refusal({ ...call, origin: null, site: null }, "127.0.0.1")).toBeNull();
    expect(refusal({ ...visit, site: "cross-site" }, "127.0.0.1")).toBeNull();
    expect(refusal({ ...call, origin: null, site: "cross-site" }, "127.0.0.1")).not.toBeNull();
  });
});
