import { startStack } from "./stack.ts";

/** One Larder for all specs; workers inherit its addresses. LARDER_E2E_CONSOLE_URL and LARDER_E2E_SERVE_URL set: uses the one that runs there. */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.LARDER_E2E_CONSOLE_URL && process.env.LARDER_E2E_SERVE_URL) return undefined;
  const stack = await startStack();
  process.env.LARDER_E2E_CONSOLE_URL = stack.consoleUrl;
  process.env.LARDER_E2E_SERVE_URL = stack.serveUrl;
  process.env.LARDER_E2E_HOME = stack.home;
  return stack.stop;
}
