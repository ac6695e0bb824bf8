import { commandLine, MATERIALIZE, type MaterializeReceipt, readReceipt, readRequest } from "../../materialize/index.ts";
import type { Run } from "../../runs/index.ts";
import { readTrainingReceipt, TRAINING_SET, type TrainingReceipt } from "../../training/index.ts";

/** A run as pages show it: the records that belong to its kind are read, the checkpoint stays on the server. */
export interface ShownRun extends Omit<Run, "checkpoint" | "receipt" | "request"> {
  readonly view: string | null;
  readonly receipt: MaterializeReceipt | null;
  /** The training set that it makes, and what it made. */
  readonly set: string | null;
  readonly training: TrainingReceipt | null;
  /** The command line that asks for the same. */
  readonly command: string | null;
  /** Work that another attempt need not do again. */
  readonly hasCheckpoint: boolean;
}

const VIEW = "feature_view:";
const SET = "training_set:";

export function toShownRun({ checkpoint, receipt, request, ...run }: Run): ShownRun {
  const isMaterialize = run.kind === MATERIALIZE;
  return {
    ...run,
    view: run.subject.startsWith(VIEW) ? run.subject.slice(VIEW.length) : null,
    receipt: isMaterialize ? readReceipt(receipt) : null,
    set: run.subject.startsWith(SET) ? run.subject.slice(SET.length) : null,
    training: run.kind === TRAINING_SET ? readTrainingReceipt(receipt) : null,
    command: run.subject.startsWith(SET)
      ? `larder training-sets run ${run.subject.slice(SET.length)}`
      : isMaterialize
        ? commandLine(readRequest(request))
        : null,
    hasCheckpoint: checkpoint !== null && checkpoint !== undefined,
  };
}
