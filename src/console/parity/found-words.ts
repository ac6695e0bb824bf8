import type { Outputs } from "../shell/trpc.ts";

export type Found = Outputs["parity"]["view"]["examples"]["rows"][number]["found"];

/** What comparing a served row with the history can find, the worst first; `why` says what it means for the reader. */
export const FOUND_WORDS: Readonly<Record<Found, { readonly text: string; readonly why: string }>> = {
  mismatch: { text: "differs", why: "History answers with other values for the instant it was served, and nothing explains it." },
  cannot_tell: {
    text: "cannot be told",
    why: "History has a newer row from before the last load, without a created time that says whether it was there by then.",
  },
  not_in_history: { text: "not in history", why: "It was pushed, and the view's batch source does not have the row (yet)." },
  arrived_later: { text: "arrived later", why: "Served what was known then; rows that came later change the answer for that instant." },
  not_yet_online: { text: "not online yet", why: "History had a newer row that no materialize had loaded." },
  future_skew: { text: "future skew", why: "Its event time lay ahead of the instant, within what is allowed; history leaves it out." },
  no_history: { text: "no history", why: "The view has no batch source, or this version is gone." },
  expired: { text: "expired", why: "Beyond its ttl, and history has nothing within it either." },
  absent: { text: "no row", why: "Neither side has a row for the key." },
  match: { text: "the same", why: "The same values and statuses on both sides." },
};

export const FOUND_ORDER = Object.keys(FOUND_WORDS) as readonly Found[];
