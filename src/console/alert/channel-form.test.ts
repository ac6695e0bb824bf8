import { expect, it } from "vitest";
import { type Channel, fieldsOf, isAddress, toInput } from "./channel-form.ts";

const channel: Channel = {
  ...{ id: 7, project: "shop", name: "on call", type: "webhook", place: "hooks.example.com/…", email: null, updatedAt: new Date(0) },
  routes: [
    { team: "fleet", severityMin: "warning" },
    { team: null, severityMin: "critical" },
  ],
};

it("gives each route of a channel back as it was; one without a team is for every team", () => {
  expect(toInput(fieldsOf(channel), channel).routes).toEqual(channel.routes);
  expect(toInput({ ...fieldsOf(null), routes: [{ team: "  ", severityMin: "critical" }] }, null).routes).toEqual([{ team: null, severityMin: "critical" }]);
});

it.each([
  ["", true],
  ["https://hooks.example.com/x", true],
  ["$" + "{HOOK}", true],
  ["ftp://x", false],
  ["https:///", false],
  ["foo", false],
])("takes %j for an address: %s", (url, is) => expect(isAddress(url)).toBe(is));
