import { describe, expect, test } from "vitest";
import { createOriginCheck } from "./known-origin.ts";

const loopback = { listenHost: "127.0.0.1", hosts: ["features.example.com"] };
const everywhere = { listenHost: "0.0.0.0", hosts: [] };

describe("accepted", () => {
  test.each([
    [loopback, "localhost:6566", undefined],
    [loopback, "127.0.0.1:6566", undefined],
    [loopback, "[::1]:6566", undefined],
    [loopback, "LOCALHOST", "http://localhost:3000"],
    [loopback, "features.example.com", "https://features.example.com"],
    [everywhere, "10.1.2.3:6566", undefined],
  ])("%o: host %s, origin %s", (rules, host, origin) => {
    const check = createOriginCheck(rules);
    check(host, origin);
    check(host, origin); // the second time from memory
  });
});

describe("refused", () => {
  test.each([
    [loopback, undefined, undefined],
    [loopback, "evil.example.com", undefined],
    [loopback, "10.1.2.3:6566", undefined],
    [loopback, "localhost.evil.example.com", undefined],
    [loopback, "localhost:6566", "https://evil.example.com"],
    [loopback, "localhost:6566", "null"],
    [loopback, "localhost:6566", ""],
    [loopback, "bad host", undefined],
    [everywhere, "rebound.example.com:6566", undefined],
  ])("%o: host %s, origin %s", (rules, host, origin) => {
    const check = createOriginCheck(rules);
    expect(() => check(host, origin)).toThrow(expect.objectContaining({ code: "permission_denied" }));
    expect(() => check(host, origin)).toThrow(expect.objectContaining({ code: "permission_denied" }));
  });
});
