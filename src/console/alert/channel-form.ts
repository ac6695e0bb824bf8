import type { Inputs, Outputs } from "../shell/trpc.ts";

export type Channel = Outputs["alert"]["channels"][number];

/** Which incidents are told; an empty team: those of every team. */
export interface RouteFields {
  readonly team: string;
  readonly severityMin: "warning" | "critical";
}

/** What stands in the fields of the form, as text. */
export interface ChannelFields {
  readonly name: string;
  readonly type: Channel["type"];
  readonly url: string;
  readonly secret: string;
  readonly host: string;
  readonly port: string;
  readonly secure: boolean;
  readonly user: string;
  readonly password: string;
  readonly from: string;
  readonly to: string;
  readonly routes: readonly RouteFields[];
}

const TOLD_ALL: RouteFields = { team: "", severityMin: "warning" };

/** Secrets never come from the server: their fields begin empty, and empty means as it was. */
export function fieldsOf(channel: Channel | null): ChannelFields {
  const email = channel?.email;
  return {
    name: channel?.name ?? "",
    type: channel?.type ?? "webhook",
    url: "",
    secret: "",
    host: email?.host ?? "",
    port: String(email?.port ?? 587),
    secure: email?.secure ?? false,
    user: email?.user ?? "",
    password: "",
    from: email?.from ?? "",
    to: email?.to.join(", ") ?? "",
    routes: channel?.routes.map(({ team, severityMin }) => ({ team: team ?? "", severityMin })) ?? [TOLD_ALL],
  };
}

export function toInput(fields: ChannelFields, channel: Channel | null): Inputs["alert"]["save"] {
  const routes = fields.routes.map(({ team, severityMin }) => ({ team: team.trim() || null, severityMin }));
  return { id: channel?.id ?? null, name: fields.name, settings: settingsOf(fields), routes };
}

function settingsOf(fields: ChannelFields): Inputs["alert"]["save"]["settings"] {
  const url = fields.url.trim() === "" ? {} : { url: fields.url.trim() };
  switch (fields.type) {
    case "webhook":
      return { type: "webhook", ...url, ...(fields.secret !== "" && { secret: fields.secret }) };
    case "slack":
      return { type: "slack", ...url };
    case "email": {
      const to = fields.to.split(/[\s,;]+/).filter((each) => each !== "");
      const { host, secure, from, password } = fields;
      return { type: "email", host, port: Number(fields.port), secure, from, to, user: fields.user.trim() || null, ...(password !== "" && { password }) };
    }
  }
}

/** Whether it can be sent to: an address with `${VAR}` in it is only known where it is used, and an empty one is as it was. */
export function isAddress(url: string): boolean {
  return url.trim() === "" || url.includes("${") || /^https?:\/\/[^/]+/.test(url.trim());
}
