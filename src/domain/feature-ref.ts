import { LarderError } from "../kit/index.ts";

/** `driver_stats:conv_rate`: one feature of one view. */
export interface FeatureRef {
  readonly view: string;
  readonly feature: string;
}

export function parseFeatureRef(text: string): FeatureRef {
  const colon = text.indexOf(":");
  if (colon <= 0 || colon === text.length - 1 || text.indexOf(":", colon + 1) !== -1) {
    throw new LarderError("invalid_argument", `"${text}" is not a feature reference.`, { hint: "Write view:feature, such as driver_stats:conv_rate." });
  }
  return { view: text.slice(0, colon), feature: text.slice(colon + 1) };
}

/** The name of a feature where names of several views meet: `view__feature`. */
export function fullFeatureName(viewOrAlias: string, feature: string): string {
  return `${viewOrAlias}__${feature}`;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** Names of definitions and features are identifiers, so that they are safe and equal in URLs, SQL and Python. */
export function isName(text: string): boolean {
  return NAME.test(text) && !text.includes("__");
}

export const NAME_RULE = "letters, digits and single underscores, not beginning with a digit, at most 128 characters";
