import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// unit: no server needed (npm run verify). integration: one real PostgreSQL and Redis for the whole run, a private world per suite.
// Of two cores Vitest would leave one alone, yet suites wait for servers half of their time.
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: {
    maxWorkers,
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
