import { expect, test } from "vitest";
import { readEnvironment } from "./environment.ts";

test("the console is where people reach it, else at its port on this machine", () => {
  const url = (variables: Readonly<Record<string, string>>) => readEnvironment(variables).consoleUrl;
  expect(url({ LARDER_CONSOLE_PORT: "3100" })).toBe("http://localhost:3100");
  expect(url({ LARDER_CONSOLE_URL: "https://larder.example.com/" })).toBe("https://larder.example.com");
  expect(() => url({ LARDER_CONSOLE_URL: "larder" })).toThrow("LARDER_CONSOLE_URL is wrong: write an address");
});
