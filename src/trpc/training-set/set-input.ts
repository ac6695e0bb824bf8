import { z } from "zod";

export const setInput = z.object({ name: z.string().min(1).max(128) });
