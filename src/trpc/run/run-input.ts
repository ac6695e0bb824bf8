import { z } from "zod";

export const runInput = z.object({ run: z.string().min(1).max(40) });
