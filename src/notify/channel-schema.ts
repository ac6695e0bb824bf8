import { z } from "zod";
import { LarderError } from "../kit/index.ts";
import { ALERT_SEVERITIES, type ChannelSettings } from "./port.ts";

const text = (what: string) => z.string().trim().min(1, `${what} is missing`).max(2_000);
/** An address with `${VAR}` in it can only be checked when it is used. */
const address = text("the address").refine(
  (value) => value.includes("${") || /^https?:\/\/[^/]+/.test(value),
  "the address must begin with http:// or https://",
);
/** Left out: as it was. */
const kept = z.string().max(2_000).optional();

/** Settings as a form sends them: a secret that is left out stays as it was. */
const channelSettingsInput = z.discriminatedUnion("type", [
  z.object({ type: z.literal("webhook"), url: address.optional(), secret: kept }),
  z.object({ type: z.literal("slack"), url: address.optional() }),
  z.object({
    type: z.literal("email"),
    host: text("the mail server"),
    port: z.number().int().min(1).max(65_535),
    secure: z.boolean(),
    user: z.string().max(500).nullable(),
    password: kept,
    from: text("the sender"),
    to: z.array(z.email("a receiver is not an e-mail address")).min(1, "name at least one receiver").max(50),
  }),
]);

export const channelInput = z.object({
  id: z.number().int().nullable(),
  name: text("the name").max(80),
  settings: channelSettingsInput,
  routes: z
    .array(z.object({ team: z.string().trim().min(1).max(128).nullable(), severityMin: z.enum(ALERT_SEVERITIES) }))
    .min(1, "a channel without a route would get nothing")
    .max(50),
});

export type ChannelForm = z.output<typeof channelInput>;

/** The settings to store: what the form leaves out is taken from before. Throws invalid_argument for what is then still missing. */
export function mergeSettings(form: ChannelForm["settings"], before: ChannelSettings | null, newSecret: () => string): ChannelSettings {
  switch (form.type) {
    case "webhook": {
      const was = before?.type === "webhook" ? before : null;
      return { type: "webhook", url: required(form.url ?? was?.url), secret: form.secret || was?.secret || newSecret() };
    }
    case "slack":
      return { type: "slack", url: required(form.url ?? (before?.type === "slack" ? before.url : undefined)) };
    case "email": {
      const was = before?.type === "email" ? before : null;
      const user = form.user?.trim() || null;
      return { ...form, user, password: user === null ? null : (form.password ?? keptPassword({ ...form, user }, was)) };
    }
  }
}

type EmailSettings = Extract<ChannelSettings, { readonly type: "email" }>;

/** A password goes to no other server than the one that it was given for: whoever changes the server must know it. */
function keptPassword(form: Pick<EmailSettings, "host" | "port" | "secure" | "user">, was: EmailSettings | null): string | null {
  if (was?.password == null) return null;
  const isSameServer = form.host === was.host && form.port === was.port && form.secure === was.secure && form.user === was.user;
  if (isSameServer) return was.password;
  throw new LarderError("invalid_argument", "The mail server, its encryption or the user changed: give the password again.", {
    hint: "It is kept only for the server that it was given for.",
  });
}

function required(url: string | undefined): string {
  if (url !== undefined) return url;
  throw new LarderError("invalid_argument", "The address is missing.", { hint: "Say where the alerts go: https://…" });
}
