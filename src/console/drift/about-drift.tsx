import { formatCount, formatSeconds, formatUtc } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { TextLink } from "../ui/link.tsx";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { baselineText } from "./baseline-text.ts";
import type { SelectedWindow } from "./moved-bins.ts";

interface AboutDriftProps {
  readonly data: Outputs["drift"]["feature"];
  readonly selected: SelectedWindow;
}

/** What is compared to what, whose it is, and who is hit. */
export function AboutDrift({ data: { view, services, incident, now, settings, state }, selected }: AboutDriftProps) {
  const { origin, rows, frozenAt } = selected.baseline;
  return (
    <Panel title="About it">
      <Facts>
        {incident && (
          <Fact term="Incident">
            <TextLink href={`/incidents/${incident.id}`}>Incident {incident.id}</TextLink>, opened <RelativeTime at={incident.openedAt} />
            <span className="block text-ink-3 text-xs">
              {incident.assignee ? `Assigned to ${incident.assignee}.` : incident.acknowledgedAt ? "Acknowledged." : "Nobody is on it yet."}
            </span>
          </Fact>
        )}
        <Fact term="Onset">{now?.since ? `the window of ${formatUtc(now.since.getTime()).slice(0, 16)}` : "it does not drift now"}</Fact>
        <Fact term="Owner">{[view.team && `team ${view.team}`, view.owner].filter(Boolean).join(", ") || "nobody"}</Fact>
        <Fact term="Who is hit">
          {services.length === 0
            ? "no service"
            : services.map((service, index) => (
                <span key={service}>
                  {index > 0 && ", "}
                  <TextLink href={`/services/${encodeURIComponent(service)}`}>{service}</TextLink>
                </span>
              ))}
        </Fact>
        <Fact term="Compared to">
          {baselineText(origin)}
          <span className="block text-ink-3 text-xs">
            {formatCount(rows)} rows, bins frozen <RelativeTime at={frozenAt} />
          </span>
        </Fact>
        <Fact term="Values">{settings.values === "served" ? "as they were served" : "of the source, one row per entity key"}</Fact>
        <Fact term="Windows">
          {state.windowSeconds === null ? "not chosen yet" : `${formatSeconds(state.windowSeconds)} each`}
          <span className="block text-ink-3 text-xs">
            judged <RelativeTime at={selected.judgedAt} />
          </span>
        </Fact>
      </Facts>
      <p className="border-line border-t px-3 py-2 text-xs">
        <TextLink href={`/views/${encodeURIComponent(view.name)}?tab=monitoring`}>Drift of the whole view</TextLink>
      </p>
    </Panel>
  );
}
