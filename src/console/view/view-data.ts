import type { Outputs } from "../shell/trpc.ts";

/** A view with all that its definition refers to. */
export type ViewData = Outputs["view"]["get"];
