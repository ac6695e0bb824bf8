import { test as base, expect } from "@playwright/test";

/** Every page of a spec must stay quiet: no error in its console, no request that leaves this machine. `expectedErrors` names what a spec provokes. */
export const test = base.extend<{ expectedErrors: RegExp[]; quiet: undefined }>({
  expectedErrors: [[], { option: true }],
  quiet: [
    async ({ page, expectedErrors }, use) => {
      const noise: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") noise.push(`${message.type()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => noise.push(`uncaught: ${error.message}`));
      page.on("request", (request) => {
        const { hostname, protocol } = new URL(request.url());
        if (protocol !== "data:" && protocol !== "blob:" && !["127.0.0.1", "localhost"].includes(hostname)) noise.push(`leaves this machine: ${request.url()}`);
      });
      await use(undefined);
      expect(noise.filter((line) => !expectedErrors.some((expected) => expected.test(line)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
