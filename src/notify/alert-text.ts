import type { AlertMessage } from "./port.ts";

/** An alert in one line: what Slack shows, and the subject of a mail. */
export function alertHeadline({ event, severity, title, project }: AlertMessage): string {
  switch (event) {
    case "opened":
      return `[${project}] ${severity === "critical" ? "Critical: " : ""}${title}`;
    case "closed":
      return `[${project}] Over: ${title}`;
    case "test":
      return `[${project}] ${title}`;
  }
}

/** The whole of it as plain text. */
export function alertBody({ text, owner, team, url, at }: AlertMessage): string {
  const who = [team && `team ${team}`, owner && `owner ${owner}`].filter(Boolean).join(", ");
  return [text, who, `At ${at}`, url].filter(Boolean).join("\n");
}
