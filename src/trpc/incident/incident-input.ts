import { z } from "zod";

export const incidentInput = z.object({ incident: z.number().int().min(1).max(2_147_483_647) });
