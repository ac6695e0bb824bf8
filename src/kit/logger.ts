/** What a process needs of a log; pino implements it. Never pass secrets: connection strings go through `redactUrl`. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A connection string without user and password, fit for logs and messages. */
export function redactUrl(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^@/]*@)?([^?]*)/i.exec(url);
  return match ? `${match[1]}${match[2]}` : "(connection)";
}
