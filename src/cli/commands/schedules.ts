import { Command } from "commander";
import { formatTimestamp, type Micros } from "../../kit/index.ts";
import { nextTick, pauseSchedule, resumeSchedule, type ScheduledView } from "../../materialize/index.ts";
import { requireProject } from "../../registry/index.ts";
import type { CliContext, GlobalOptions } from "../context.ts";
import { textTable } from "../output.ts";

export function schedulesCommand(context: CliContext): Command {
  return new Command("schedules")
    .description("when views are materialized by themselves: list, pause, resume")
    .addCommand(listCommand(context), { isDefault: true })
    .addCommand(changeCommand(context, { name: "pause", description: "start no runs of this view by itself", verb: pauseSchedule }))
    .addCommand(
      changeCommand(context, { name: "resume", description: "go on with the schedule; what was missed is made up for by one run", verb: resumeSchedule }),
    );
}

function listCommand(context: CliContext): Command {
  return new Command("list").description("the views with a schedule, and their next runs").action(async (_options, command: Command) => {
    const options = command.opts<GlobalOptions>();
    const { schedules, registry, clock } = await context.runtime(options);
    const { name: project } = await requireProject(registry, await context.project(options));
    const rows = (await schedules.list()).filter((one) => one.project === project).map((one) => scheduleDocument(one, clock.now()));
    context.output(options).result({ project, schedules: rows }, () => listText(rows));
  });
}

type ScheduleDocument = ReturnType<typeof scheduleDocument>;

function scheduleDocument({ view, schedule, pausedAt, pausedBy, lastTickAt }: ScheduledView, now: Micros) {
  const next = pausedAt === null ? nextTick(schedule, now) : null;
  const time = (at: Micros | null) => (at === null ? null : formatTimestamp(at));
  return { view, schedule, state: pausedAt === null ? "active" : "paused", paused_by: pausedBy, next: time(next), last: time(lastTickAt) };
}

function listText(rows: readonly ScheduleDocument[]): string {
  if (rows.length === 0) return 'No view has a schedule: give one in its definition, such as schedule: "10 * * * *".';
  const row = ({ view, schedule, state, next, last }: ScheduleDocument) => [view, schedule, state, next ?? "-", last ?? "-"];
  return textTable(["view", "schedule", "state", "next run", "last tick"], rows.map(row));
}

interface Change {
  readonly name: string;
  readonly description: string;
  readonly verb: typeof pauseSchedule;
}

function changeCommand(context: CliContext, { name, description, verb }: Change): Command {
  return new Command(name)
    .description(description)
    .argument("<view>")
    .action(async (view: string, _options, command: Command) => {
      const options = command.opts<GlobalOptions>();
      const runtime = await context.runtime(options);
      const scheduled = await verb(runtime, { actor: runtime.localOwner, project: await context.project(options), view });
      const document = scheduleDocument(scheduled, runtime.clock.now());
      context.output(options).result(document, () => `The schedule of ${view} is ${document.state}${document.next ? `; next run ${document.next}` : ""}.`);
    });
}
