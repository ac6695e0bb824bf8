import type { Profile } from "../../domain/index.ts";
import type { Micros, Page, PageRequest, Transaction } from "../../kit/index.ts";
import type { NumericScores } from "../statistics/compare-profiles.ts";
import type { Judgement, Verdict } from "../statistics/judge-features.ts";
import type { DriftSettings } from "./drift-settings.ts";
import type { TimeWindow } from "./windows.ts";

/*
 * Words. A *baseline* is what windows are compared to: bins and profiles frozen on some rows. A *result* is one feature in one window.
 * How far a view has come is its *state*: between two moments, without a gap, all windows are judged.
 */

export interface ViewKey {
  readonly project: string;
  readonly view: string;
}

export interface DriftState {
  readonly view: string;
  /** What people chose; null: the defaults. */
  readonly chosen: DriftSettings | null;
  readonly chosenBy: string | null;
  readonly chosenAt: Date | null;
  readonly judgingKey: string | null;
  readonly windowSeconds: number | null;
  readonly judged: TimeWindow | null;
  readonly historyFrom: Micros | null;
  /** Whether features and incidents say what the stored windows do. */
  readonly isSettled: boolean;
  readonly lookedAt: Micros | null;
  readonly error: string | null;
}

/** Where the rows of a baseline come from, for people. */
export interface BaselineOrigin {
  readonly kind: "first_window" | "window" | "training_set" | "previous_window" | "same_hours";
  readonly values: "offline" | "served" | "training_set";
  /** ISO 8601, [start, end). */
  readonly ranges: readonly { readonly start: string; readonly end: string }[];
  readonly trainingSet: string | null;
}

export interface Baseline {
  readonly key: string;
  readonly origin: BaselineOrigin;
  readonly rows: number;
  readonly frozenAt: Micros;
  readonly profiles: ReadonlyMap<string, Profile>;
}

/** A baseline as it is kept; its profiles may have lost their samples. */
export interface StoredBaseline extends Baseline {
  readonly id: number;
}

export interface DriftResult extends Judgement {
  readonly feature: string;
  readonly psi: number;
  readonly psiP: number;
  readonly baselineRows: number;
  readonly currentRows: number;
  /** Over the bins of the baseline, which are not repeated. */
  readonly profile: Omit<Profile, "bins" | "sample">;
  /** Of numbers. */
  readonly numeric: NumericScores | null;
}

export interface JudgedWindow {
  readonly window: TimeWindow;
  readonly versionId: string;
  readonly rows: number;
  readonly judgedAt: Micros;
  readonly results: readonly DriftResult[];
}

/** What a window was judged by. */
export interface JudgedBy {
  readonly baselineId: number;
  /** All rows that the source had in it when it was judged; null: not counted. */
  readonly sourceRows: number | null;
}

export interface StoredWindow extends JudgedWindow, JudgedBy {
  readonly id: number;
}

/** A result as lists show it: figures without profiles. */
export type DriftFigures = Pick<DriftResult, "feature" | "verdict" | "adjustedP" | "psi" | "psiP" | "baselineRows" | "currentRows"> & {
  readonly view: string;
  readonly window: TimeWindow;
  readonly wassersteinSd: number | null;
};

/** How a feature is now, by its newest judged window. */
export interface DriftingFeature extends Omit<DriftFigures, "psiP"> {
  /** How far beyond what counts as an effect: 1 at the threshold. */
  readonly effect: number;
  readonly judgedAt: Micros;
  /** Begin of the unbroken row of drifting windows; null: it does not drift. */
  readonly since: Micros | null;
}

export interface DriftFilter extends PageRequest {
  readonly project: string;
  readonly view?: string;
  readonly feature?: string;
  /** Part of a view's or feature's name. */
  readonly text?: string;
  readonly verdict?: Verdict;
}

export interface FiguresQuery {
  readonly project: string;
  /** `from`: windows of this feature that begin earlier are left out. */
  readonly of: readonly { readonly view: string; readonly feature: string; readonly from: Micros }[];
}

export interface Beginning {
  readonly judgingKey: string;
  readonly windowSeconds: number;
  readonly historyFrom: Micros;
  readonly rowsMin: number;
}

/** What drift judging remembers. */
export interface DriftStore {
  states(project: string): Promise<readonly DriftState[]>;
  state(key: ViewKey): Promise<DriftState | null>;
  /** null: the defaults again. Counts as not looked at since. */
  choose(tx: Transaction, key: ViewKey, chosen: DriftSettings | null, by: { readonly name: string; readonly at: Micros }): Promise<void>;
  /** Forgets all windows of the view, and its baselines of fewer rows; begins anew. */
  begin(key: ViewKey, start: Beginning): Promise<void>;
  /** Notes that windows were looked for, and what went wrong; does nothing when other settings were chosen meanwhile. */
  looked(key: ViewKey, look: { readonly at: Micros; readonly error: string | null; readonly chosenAt: Date | null }): Promise<void>;
  /** With the samples of its profiles. */
  findBaseline(key: ViewKey, baselineKey: string): Promise<StoredBaseline | null>;
  /** Of one feature, without its sample. */
  baselineOf(id: number, feature: string): Promise<StoredBaseline | null>;
  /** One that moves along takes the place of what was frozen on the same rows before, and has no sample; one that stands stays as it was frozen first. */
  saveBaseline(key: ViewKey, baseline: Baseline, of: { readonly isMoving: boolean }): Promise<number>;
  /** Replaces what was said of the same window, and counts it as judged; does nothing when the view has another judging key by now. */
  saveWindow(key: ViewKey, by: JudgedBy & { readonly judgingKey: string }, judged: JudgedWindow): Promise<void>;
  /** Forgets windows that end after this moment. */
  forgetAfter(key: ViewKey, end: Micros): Promise<void>;
  /** Verdicts of stored windows given anew. */
  saveVerdicts(
    key: ViewKey,
    windows: readonly { readonly id: number; readonly results: readonly (Judgement & { readonly feature: string })[] }[],
  ): Promise<void>;
  /** The last windows of a view, oldest first, with all results or those of one feature. */
  windows(key: ViewKey, last: number, feature?: string): Promise<readonly StoredWindow[]>;
  /** Figures of some features, oldest first. */
  figures(query: FiguresQuery): Promise<readonly DriftFigures[]>;
  /** How features of a view are now; those not named are forgotten. */
  saveFeatures(key: ViewKey, features: readonly DriftingFeature[]): Promise<void>;
  /** Forgets how features are of all views but these. */
  keepFeatures(project: string, views: readonly string[]): Promise<void>;
  /** Since when features of a view drift; those that do not are left out. */
  driftingSince(key: ViewKey): Promise<ReadonlyMap<string, Micros>>;
  /** Notes that features and incidents follow from the windows; not when another judging began or other settings were chosen meanwhile. */
  settled(key: ViewKey, under: Pick<DriftState, "judgingKey" | "chosenAt">): Promise<void>;
  /** The greatest effect first. */
  features(filter: DriftFilter): Promise<Page<DriftingFeature>>;
  /** Features by verdict. */
  counts(project: string): Promise<Readonly<Record<Verdict, number>>>;
  /** Of windows shorter than a day that began before this time, keeps the worst of each day; forgets views that are gone and baselines that nothing uses. */
  foldWindows(before: Micros): Promise<number>;
}
