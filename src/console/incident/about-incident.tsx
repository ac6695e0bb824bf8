import { strongestText } from "../drift/strongest-text.ts";
import { driftHref } from "../drift/windows.ts";
import { formatCount, formatP, formatScore, formatSeconds, formatUtc, microsToMs } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { TextLink } from "../ui/link.tsx";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { UtcTime } from "../ui/time.tsx";

type Incident = Outputs["incident"]["get"]["incident"];
type Part = Outputs["incident"]["get"]["part"];

/** Whose it is, who is hit, and the figures that its check keeps. */
export function AboutIncident({ incident, part }: { readonly incident: Incident; readonly part: Part }) {
  const figures = figuresOf(incident.detail);
  return (
    <Panel title="About it">
      <Facts>
        <Fact term="Subject">
          <Subject incident={incident} />
        </Fact>
        <Fact term="Owner">{[incident.team && `team ${incident.team}`, incident.owner].filter(Boolean).join(", ") || "nobody"}</Fact>
        <Fact term="Who is hit">
          {incident.services.length === 0
            ? "no service"
            : incident.services.map((service, index) => (
                <span key={service}>
                  {index > 0 && ", "}
                  <TextLink href={`/services/${service}`}>{service}</TextLink>
                </span>
              ))}
        </Fact>
        {part && (
          <Fact term="Which rows">
            {part.label === null
              ? `A part of ${part.by} that goes unnamed: ${part.denied ?? ""}`
              : strongestText({ by: part.by, strongest: { ...part, label: part.label } })}
          </Fact>
        )}
        {figures.map(({ term, text }) => (
          <Fact key={term} term={term}>
            {text}
          </Fact>
        ))}
        <Fact term="Assigned to">{incident.assignee ?? "nobody"}</Fact>
        <Fact term="Acknowledged">{incident.acknowledgedBy ? `by ${incident.acknowledgedBy}` : "not yet"}</Fact>
        {incident.snoozedUntil && incident.snoozedUntil.getTime() > Date.now() && (
          <Fact term="Snoozed">
            until <UtcTime at={incident.snoozedUntil} />
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}

/** What an incident is about, and where that is looked at. */
export function subjectOf({ subject }: Pick<Incident, "subject">): { readonly text: string; readonly href: string | null } {
  const [kind, view = "", feature = ""] = subject.split(":");
  if (kind === "feature") return { text: `${feature} of ${view}`, href: driftHref(view, feature) };
  return kind === "feature_view" ? { text: view, href: `/views/${view}?tab=monitoring` } : { text: subject, href: null };
}

function Subject({ incident }: { readonly incident: Incident }) {
  const { text, href } = subjectOf(incident);
  return href === null ? text : <TextLink href={href}>{text}</TextLink>;
}

/** Names of figures that checks keep, and how people read them. */
const FIGURES: readonly { readonly key: string; readonly term: string; readonly show: (value: number) => string }[] = [
  { key: "ageSeconds", term: "Age", show: formatSeconds },
  { key: "objectiveSeconds", term: "Objective", show: formatSeconds },
  { key: "psi", term: "PSI", show: formatScore },
  { key: "wassersteinSd", term: "W1/sd", show: formatScore },
  { key: "adjustedP", term: "Adjusted p", show: formatP },
  { key: "currentRows", term: "Rows now", show: formatCount },
  { key: "baselineRows", term: "Rows of the baseline", show: formatCount },
  { key: "compared", term: "Answers compared", show: formatCount },
  { key: "mismatches", term: "Answers that differ", show: formatCount },
  { key: "rows", term: "Rows of the day", show: formatCount },
];

/** Checks keep figures of their own shape: what is known is shown. */
function figuresOf(detail: unknown): readonly { readonly term: string; readonly text: string }[] {
  const record = (typeof detail === "object" && detail !== null ? detail : {}) as Readonly<Record<string, unknown>>;
  const shown = FIGURES.flatMap(({ key, term, show }) => {
    const value = record[key];
    return typeof value === "number" ? [{ term, text: show(value) }] : [];
  });
  const onset = typeof record.onset === "string" ? [{ term: "Onset", text: record.onset.slice(0, 10) }] : [];
  const since = typeof record.lateSince === "string" ? [{ term: "Late since", text: formatUtc(microsToMs(BigInt(record.lateSince))) }] : [];
  return [...onset, ...since, ...shown];
}
