import { expect, test } from "vitest";
import { mergeSettings } from "./channel-schema.ts";
import type { ChannelSettings } from "./port.ts";

const was: ChannelSettings = {
  type: "email",
  host: "mail.example.com",
  port: 587,
  secure: true,
  user: "ada",
  password: "hush",
  from: "larder@example.com",
  to: ["team@example.com"],
};
const { password: _, ...same } = was;

function merged(change: Partial<Omit<typeof same, "to">> & { readonly password?: string }) {
  return mergeSettings({ ...same, to: ["ops@example.com"], ...change }, was, () => "");
}

test("a password that is left out stays for the same server alone", () => {
  expect(merged({})).toMatchObject({ to: ["ops@example.com"], password: "hush" });
  expect(merged({ host: "elsewhere.example.com", password: "new" })).toMatchObject({ host: "elsewhere.example.com", password: "new" });
  expect(merged({ user: null })).toMatchObject({ user: null, password: null });
  for (const change of [{ host: "elsewhere.example.com" }, { port: 2525 }, { secure: false }, { user: "eve" }]) {
    expect(() => merged(change)).toThrow("give the password again");
  }
});
