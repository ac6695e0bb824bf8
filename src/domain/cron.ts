const FIELDS = [
  { name: "minute", min: 0, max: 59, words: [] },
  { name: "hour", min: 0, max: 23, words: [] },
  { name: "day of month", min: 1, max: 31, words: [] },
  { name: "month", min: 1, max: 12, words: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] },
  { name: "day of week", min: 0, max: 7, words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
] as const;

const ZONE = /^(?:CRON_TZ|TZ)=(\S+)\s+/;

/** What is wrong with a schedule, or null: a cron expression of five fields, with CRON_TZ=Zone before it where it is not in UTC. */
export function cronMistake(text: string): string | null {
  const zone = ZONE.exec(text.trim());
  if (zone?.[1] !== undefined && !isTimeZone(zone[1])) return `"${zone[1]}" is not a time zone in the schedule "${text}": write one such as Europe/Amsterdam`;
  const parts = text.trim().replace(ZONE, "").split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return `"${text}" is not a schedule: write five fields (minute, hour, day of month, month, day of week), such as "0 * * * *" for every hour`;
  }
  for (const [index, field] of FIELDS.entries()) {
    const part = parts[index] ?? "";
    if (!part.split(",").every((item) => isItem(item, field)))
      return `"${part}" is not a ${field.name} (${field.min} to ${field.max}) in the schedule "${text}"`;
  }
  return null;
}

function isItem(item: string, field: (typeof FIELDS)[number]): boolean {
  const [, range = "", step] = /^([^/]+)(?:\/(\d{1,4}))?$/.exec(item) ?? [];
  if (range === "" || (step !== undefined && !isStep(Number(step), field))) return false;
  if (range === "*") return true;
  const ends = range.split("-").map((end) => positionOf(end, field));
  const [from = -1, to = from] = ends;
  if (step !== undefined && field.name === "day of week" && from === 7) return false; // Sunday, which is the first day of a row of steps: 0/2
  return ends.length <= 2 && ends.every((end) => end >= field.min && end <= field.max) && from <= to;
}

/** More than there are values would never be a second step. */
function isStep(step: number, { name, min, max }: (typeof FIELDS)[number]): boolean {
  const values = name === "day of week" ? 7 : max - min + 1;
  return step >= 1 && step <= values;
}

function positionOf(text: string, field: (typeof FIELDS)[number]): number {
  const word = (field.words as readonly string[]).indexOf(text.toLowerCase());
  if (word !== -1) return word + (field.name === "month" ? 1 : 0);
  return /^\d{1,2}$/.test(text) ? Number(text) : -1;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
