import { procedure } from "../init.ts";

/** The newest event: a page that starts to follow from here misses nothing that happens after it read its data. */
export const getLiveCursor = procedure.query(({ ctx }) => ctx.runtime.runLog.lastEventId());
