import { defineConfig } from "vitest/config";

// unit: no server needed (npm run verify). integration: one real PostgreSQL and Redis for the whole run, a private world per suite.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{src,bench,scripts,feature_repo}/**/*.test.{ts,tsx}"],
          pool: "forks",
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["{src,bench,scripts}/**/*.itest.ts"],
          globalSetup: ["src/testing/global-setup.ts"],
          pool: "forks",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
