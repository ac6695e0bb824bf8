import type { Upload } from "../../trpc/index.ts";
import type { Inputs } from "../shell/trpc.ts";

export type NewTrainingSet = Inputs["trainingSet"]["create"];
type Spec = NewTrainingSet["spec"];

/** What stands in the form. */
export interface Draft {
  readonly name: string;
  readonly description: string;
  readonly from: "upload" | "source";
  readonly upload: Upload | null;
  readonly source: string;
  readonly start: string;
  readonly end: string;
  readonly limit: string;
  readonly choose: "features" | "service";
  readonly features: readonly string[];
  readonly service: string;
  readonly eventTimestampColumn: string;
  readonly fullFeatureNames: boolean;
  readonly knownAt: boolean;
}

export const EMPTY_DRAFT: Draft = {
  name: "",
  description: "",
  from: "upload",
  upload: null,
  source: "",
  start: "",
  end: "",
  limit: "10000",
  choose: "features",
  features: [],
  service: "",
  eventTimestampColumn: "event_timestamp",
  fullFeatureNames: false,
  knownAt: false,
};

/** The spec to ask for, or null while something is missing. */
export function specOf(draft: Draft): Spec | null {
  const { from, upload, source, choose, features, service, eventTimestampColumn, fullFeatureNames, knownAt } = draft;
  const limit = Number(draft.limit);
  if (from === "upload" ? upload === null : source === "" || !Number.isInteger(limit) || limit < 1) return null;
  if (choose === "features" ? features.length === 0 : service === "") return null;
  if (eventTimestampColumn === "") return null;
  return {
    entityRows:
      from === "upload" && upload
        ? { kind: "upload", upload: upload.upload }
        : { kind: "source", source, start: draft.start || null, end: draft.end || null, limit },
    eventTimestampColumn,
    features: choose === "features" ? [...features] : null,
    service: choose === "service" ? service : null,
    fullFeatureNames,
    knownAtDelaySeconds: knownAt ? 0 : null,
  };
}

/** The column that most likely says when: of that name, or the first that holds times. */
export function timeColumnOf({ columns }: Pick<Upload, "columns">): string {
  const named = columns.find(({ name }) => name === "event_timestamp");
  return (named ?? columns.find(({ type }) => type === "timestamp") ?? columns.find(({ name }) => /time|date|_at$/i.test(name)))?.name ?? "event_timestamp";
}
