import type { Channel, ChannelType, Route } from "./port.ts";

/** A channel as it may leave the server: the address without what could be a secret of it, no passwords, no keys. */
export interface ShownChannel {
  readonly id: number;
  readonly name: string;
  readonly type: ChannelType;
  readonly place: string;
  readonly routes: readonly Route[];
  readonly updatedAt: Date;
  /** What a form shows again; secrets stay behind. */
  readonly email: {
    readonly host: string;
    readonly port: number;
    readonly secure: boolean;
    readonly user: string | null;
    readonly from: string;
    readonly to: readonly string[];
  } | null;
}

export function toShownChannel({ id, name, settings, routes, updatedAt }: Channel): ShownChannel {
  const shown = { id, name, type: settings.type, routes, updatedAt };
  switch (settings.type) {
    case "webhook":
    case "slack":
      return { ...shown, place: hostOf(settings.url), email: null };
    case "email": {
      const { type: _type, password: _password, ...email } = settings;
      return { ...shown, place: email.to.join(", "), email };
    }
  }
}

/** Paths of webhooks are keys: only the host is told. */
function hostOf(url: string): string {
  if (url.includes("${")) return url.replace(/^(https?:\/\/[^/$]+).*$/, "$1/…");
  return URL.canParse(url) ? `${new URL(url).host}/…` : "…";
}
