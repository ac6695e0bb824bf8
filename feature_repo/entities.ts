import { entity } from "larder";

export const driver = entity({
  name: "driver",
  joinKeys: { driver_id: "int64" },
  description: "A driver of the fleet",
  owner: "fleet@example.com",
  tags: { domain: "supply" },
});

export const rider = entity({
  name: "rider",
  joinKeys: { rider_id: "int64" },
  description: "Someone who books rides",
  owner: "growth@example.com",
  tags: { domain: "demand", pii: "yes" },
});

export const vehicle = entity({
  name: "vehicle",
  joinKeys: { vehicle_id: "string" },
  description: "A car of the fleet, by its number in the register",
  owner: "fleet@example.com",
  tags: { domain: "supply" },
});

/** A composite key: a cell alone says nothing. */
export const zone = entity({
  name: "zone",
  joinKeys: { city: "string", cell: "int32" },
  description: "One of the cells that a city is cut into",
  owner: "marketplace@example.com",
  tags: { domain: "geo" },
});

export const city = entity({
  name: "city",
  joinKeys: { city: "string" },
  description: "A city that we drive in",
  owner: "marketplace@example.com",
  tags: { domain: "geo" },
});
