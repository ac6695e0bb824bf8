import { z } from "zod";

export const viewInput = z.object({ view: z.string().min(1).max(128) });
