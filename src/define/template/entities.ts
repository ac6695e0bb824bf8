import { entity } from "larder";

/** What features describe. A composite key is several join keys: `{ city: "string", cell: "int32" }`. */
export const driver = entity({
  name: "driver",
  joinKeys: { driver_id: "int64" },
  description: "A driver of the fleet",
});
