import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "prisma/schema.prisma",
  // only Prisma's own command line reads this; Larder's processes are given their address at start
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://unused" },
});
