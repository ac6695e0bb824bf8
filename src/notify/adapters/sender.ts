import { createHmac } from "node:crypto";
import { createTransport } from "nodemailer";
import { LarderError } from "../../kit/index.ts";
import { alertBody, alertHeadline } from "../alert-text.ts";
import type { AlertMessage, AlertSender, ChannelSettings } from "../port.ts";
import { refuseMetadata } from "./refuse-metadata.ts";
import { within } from "./within.ts";

export interface SenderOptions {
  /** Resolves `${VAR}`; throws for one that is not set. */
  readonly resolve: (text: string) => string;
  readonly timeoutMs?: number;
}

/** A mail may take twice as long as one step of it; an alert is given to another process after 30 s. */
const WHOLE_MAIL = 2;

interface Sending {
  readonly onceKey: string;
  readonly message: AlertMessage;
}

type EmailSettings = Extract<ChannelSettings, { readonly type: "email" }>;

/** Sends by HTTP and SMTP. Errors name what the receiver answered, never the address or a password. */
export function alertSender({ resolve, timeoutMs = 10_000 }: SenderOptions): AlertSender {
  return {
    async send(settings, alert) {
      switch (settings.type) {
        case "webhook": {
          const body = JSON.stringify({ id: alert.onceKey, ...alert.message });
          const headers = { "larder-delivery": alert.onceKey, "larder-signature": `sha256=${sign(resolve(settings.secret), body)}` };
          return post(resolve(settings.url), { body, headers, timeoutMs });
        }
        case "slack": {
          const { message } = alert;
          const body = JSON.stringify({ text: `*${escapeSlack(alertHeadline(message))}*\n${escapeSlack(alertBody(message))}` });
          return post(resolve(settings.url), { body, headers: { "larder-delivery": alert.onceKey }, timeoutMs });
        }
        case "email":
          return mail(settings, alert, { resolve, timeoutMs });
      }
    },
  };
}

/** HMAC-SHA256 of the body as it stands, in hex: what a receiver computes to know that a message is ours. */
function sign(secret: string, body: string): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}

function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

interface Posting {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

async function post(url: string, { body, headers, timeoutMs }: Posting): Promise<void> {
  if (!URL.canParse(url)) throw new LarderError("failed_precondition", "The channel's address is none.", { hint: "Write it with https:// at its begin." });
  await refuseMetadata(url, timeoutMs);
  const request = {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
    signal: AbortSignal.timeout(timeoutMs),
    redirect: "error",
  } as const;
  const answer = await fetch(url, request).catch((cause: unknown) => {
    throw new LarderError("unavailable", "The receiver does not answer.", { cause });
  });
  await answer.body?.cancel();
  if (answer.ok) return;
  const isPassing = answer.status >= 500 || answer.status === 429 || answer.status === 408;
  throw new LarderError(isPassing ? "unavailable" : "failed_precondition", `The receiver answered ${answer.status}.`);
}

async function mail(settings: EmailSettings, { onceKey, message }: Sending, { resolve, timeoutMs }: Required<SenderOptions>): Promise<void> {
  const { host, port, secure, user, password, from, to } = settings;
  const auth = user === null ? {} : { auth: { user: resolve(user), pass: resolve(password ?? "") } };
  const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  const server = resolve(host);
  const requireTLS = user !== null && !isThisMachine(server); // a password goes over no network in the clear
  const transport = createTransport({ host: server, port, secure, requireTLS, ...auth, ...timeouts });
  try {
    const messageId = `<${onceKey.replaceAll(/[^A-Za-z0-9.-]/g, ".")}@larder>`; // the same on a second try, so that mail programs show one
    const mailed = transport.sendMail({ from, to: [...to], subject: alertHeadline(message), text: alertBody(message), messageId });
    await within(mailed, timeoutMs * WHOLE_MAIL); // a server that answers each step late would never end
  } catch (cause) {
    throw mailError(cause);
  } finally {
    transport.close();
  }
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d+){3}$/.test(host);
}

function mailError(cause: unknown): LarderError {
  const { code, responseCode } = cause as { readonly code?: unknown; readonly responseCode?: unknown }; // nodemailer's errors carry these
  if (code === "ETLS") return new LarderError("failed_precondition", "The mail server offers no encryption, so it gets no password.", { cause });
  if (code === "EAUTH") return new LarderError("failed_precondition", "The mail server refused the user and password.", { cause });
  const answered = typeof responseCode === "number" ? responseCode : null;
  if (answered !== null && answered >= 500) return new LarderError("failed_precondition", `The mail server refused the message (${answered}).`, { cause });
  return new LarderError("unavailable", "The mail server does not take the message now.", { cause });
}
