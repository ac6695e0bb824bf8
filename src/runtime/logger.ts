import pino from "pino";
import type { Logger } from "../kit/index.ts";

/** JSON lines on stderr: stdout belongs to what a command prints. Values under these names never reach the log. */
const SECRETS = ["password", "token", "authorization", "*.password", "*.token", "*.authorization", "connectionString", "databaseUrl"];

export function processLogger(name: string, level: string): Logger {
  return pino({ name, level, redact: { paths: SECRETS, censor: "(hidden)" }, base: { name } }, pino.destination({ fd: 2, sync: true }));
}
